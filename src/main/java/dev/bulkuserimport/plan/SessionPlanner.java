package dev.bulkuserimport.plan;

import com.fasterxml.jackson.core.SerializableString;
import dev.bulkuserimport.base.ByteChunks;
import dev.bulkuserimport.problem.FieldError;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.rules.ExternalId;
import dev.bulkuserimport.rules.Fault;
import dev.bulkuserimport.rules.OktaLimits;
import dev.bulkuserimport.rules.StandardProperty;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes records one field at a time, checks them, writes them at once into the bytes that will be sent, and cuts these into sessions.
 * Nothing of a record is kept but its bytes, until its session is handed over, a hash of its external ID and login (to find duplicates),
 * and its place.
 *
 * <p>What can't be sent any more (too many users, a source that is refused) is still checked and counted, but no longer held.
 */
public final class SessionPlanner implements RecordSink {

    /** Properties of one record; Okta's applications have hundreds at most. */
    private static final int MOST_PROPERTIES = 1_000;

    /** Invalid records, as times of the users that may be sent, after which the rest is only counted, so that the time stays bounded. */
    private static final int CHECKED_TIMES = 10;

    private static final String EXTERNAL_ID = "externalId";
    private static final String PROFILE = "profile";

    private final PlanRules rules;
    private final SessionSink sink;
    private final Comparison comparison;
    private final PropertyTable properties;
    private final RecordWriter writer = new RecordWriter();
    private final RejectedRecords rejected = new RejectedRecords();
    private final SessionCutter cutter;
    private final Places externalIds;
    private final Places logins;
    private final List<String> deactivated = new ArrayList<>();
    private final List<Integer> deactivatedAt = new ArrayList<>();
    private final Set<String> required = new LinkedHashSet<>();

    private int records;
    private int skipped;
    private int unchanged;
    private int upserts;
    private int deactivations;
    private int uncheckedUsers;
    private boolean toldOfFirst;
    private boolean holding = true;

    private int index;
    private long line;
    private boolean deactivation;
    /** The record's valid one; empty, which none is, until there is one. */
    private String externalId = "";

    private boolean externalIdSeen;
    private boolean externalIdDoubted;
    private boolean profileSeen;
    private boolean valid;
    /** Fields of the record that are told wrong, and so aren't told missing too. */
    private final List<String> faulted = new ArrayList<>();

    private boolean oversized;
    private int propertiesSeen;
    private int propertiesWritten;

    /**
     * @param rules how records are checked and cut
     * @param sink takes the sessions
     */
    public SessionPlanner(PlanRules rules, SessionSink sink) {
        this.rules = rules;
        this.sink = sink;
        this.comparison = rules.comparison();
        this.externalIds = new Places(comparison.expected());
        this.logins = new Places(comparison.expected());
        this.properties = new PropertyTable(rules.schema(), rules.unknownRefuses());
        this.cutter = new SessionCutter(rules.usersPerPage());
        rules.schema().ifPresent(schema -> required.addAll(schema.required()));
    }

    @Override
    public boolean takesProfiles() {
        return rules.operation().takesProfiles();
    }

    @Override
    public void require(String property) {
        required.add(property);
    }

    @Override
    public boolean onlyCounts() {
        return sent() + deactivated.size() > rules.most() || hasTooManyInvalid();
    }

    /** Whether the records behind so many invalid ones are only counted; valid ones may be among them, so that nothing can be sent. */
    private boolean hasTooManyInvalid() {
        return rejected.records() > CHECKED_TIMES * (long) rules.most();
    }

    @Override
    public void count() {
        records++;
        uncheckedUsers++;
    }

    /** How many records have begun. */
    public int records() {
        return records;
    }

    @Override
    public void begin(long recordLine) throws IOException {
        index = records++;
        line = recordLine;
        deactivation = !takesProfiles();
        writer.begin();
        rejected.begin();
        comparison.begin(place());
        externalId = "";
        externalIdSeen = false;
        externalIdDoubted = false;
        profileSeen = false;
        valid = true;
        faulted.clear();
        oversized = false;
        propertiesSeen = 0;
        propertiesWritten = 0;
    }

    @Override
    public void beginDeactivation(long recordLine) throws IOException {
        begin(recordLine);
        deactivation = true;
    }

    @Override
    public void skip(long recordLine, Optional<String> skippedId) {
        records++;
        skipped++;
        // A damaged ID is nobody's, so it could be anybody's.
        comparison.skipped(skippedId.filter(
                id -> ExternalId.fault(id.toCharArray(), 0, id.length()).isEmpty()));
    }

    @Override
    public void noExternalId() {
        if (isFirstExternalId()) {
            fault(EXTERNAL_ID, "is missing");
        }
    }

    private boolean isFirstExternalId() {
        if (externalIdSeen) {
            fault(EXTERNAL_ID, "stands twice in the record");
            doubtExternalId();
            return false;
        }
        externalIdSeen = true;
        return true;
    }

    @Override
    public void doubtExternalId() {
        externalIdDoubted = true;
    }

    @Override
    public void externalId(String value) throws IOException {
        if (!isFirstExternalId()) {
            return;
        }
        char[] text = value.toCharArray();
        Optional<Fault> fault = ExternalId.fault(text, 0, text.length);
        if (fault.isPresent()) {
            fault(Optional.of(EXTERNAL_ID), fault.get());
            return;
        }
        externalId = value;
        int first = externalIds.putIfAbsent(value, place());
        if (first >= 0) {
            fault(
                    Optional.of(EXTERNAL_ID),
                    Fault.of(
                            "stands in an earlier record too (" + placeWord() + " ",
                            first,
                            "); Okta would apply one of the two at random: keep one"));
            return;
        }
        writer.externalId(text, text.length);
    }

    @Override
    public void beginProfile() throws IOException {
        if (profileSeen) {
            fault(PROFILE, "stands twice in the record");
        }
        profileSeen = true;
        writer.beginProfile();
    }

    @Override
    public void noObject() {
        externalIdSeen = true;
        profileSeen = true;
        fault("is no object; a user is an object with an externalId and a profile");
    }

    @Override
    public void noProfile() {
        profileSeen = true;
        fault(PROFILE, "must be an object of property names and values");
    }

    @Override
    public SerializableString expectedName() {
        return properties.expected();
    }

    @Override
    public void property(String name, char[] text, int offset, int length) throws IOException {
        Optional<PropertyTable.Property> known = newProperty(name);
        if (known.isEmpty()) {
            return;
        }
        PropertyTable.Property property = known.get();
        boolean written = valid && !oversized;
        boolean plain = written && writer.property(property.json(), text, offset, length);
        Optional<Fault> fault = property.fault(text, offset, length, plain);
        if (fault.isPresent()) {
            fault(Optional.of(name), fault.get());
        } else if (property.standard().isPresent() && property.standard().get() == StandardProperty.USER_NAME) {
            refuseLoginTwice(text, offset, length);
        }
        propertiesWritten++;
        if (written && valid) {
            oversized = writer.length() > SessionCutter.RECORD_BYTES;
            comparison.property(name, text, offset, length);
        }
    }

    @Override
    public void nullProperty(String name) throws IOException {
        Optional<PropertyTable.Property> known = newProperty(name);
        boolean takesNull = known.flatMap(PropertyTable.Property::standard)
                .filter(StandardProperty::nullable)
                .isPresent();
        if (takesNull && valid && !oversized) {
            writer.nullProperty(known.get().json());
            comparison.nullProperty(name);
            propertiesWritten++;
        }
    }

    @Override
    public void compositeProperty(String name, String kind) {
        propertiesWritten++;
        if (newProperty(name).isPresent()) {
            fault(name, "is an " + kind + "; Okta takes only text");
        }
    }

    @Override
    public void endProfile() throws IOException {
        writer.endProfile();
        if (propertiesWritten == 0 && valid) {
            fault(PROFILE, "is empty; Okta would create an empty user");
        }
        for (String name : required) {
            if (!properties.has(name, index) && !faulted.contains(name)) {
                fault(
                        name,
                        "is missing; "
                                + (isRequiredBySchema(name)
                                        ? "the application requires it"
                                        : "every record of this file needs one"));
            }
        }
    }

    @Override
    public void fault(String message) {
        fault(Optional.empty(), Fault.of(message));
    }

    @Override
    public void fault(String field, String message) {
        fault(Optional.of(field), Fault.of(message));
    }

    @Override
    public void fault(Optional<String> field, Fault fault) {
        valid = false;
        field.ifPresent(faulted::add);
        rejected.add(index, line, field, fault);
    }

    @Override
    public void end() throws IOException {
        if (!externalIdSeen && !faulted.contains(EXTERNAL_ID)) {
            fault(EXTERNAL_ID, "is missing");
        }
        if (!deactivation && !profileSeen) {
            fault(PROFILE, "is missing");
        }
        writer.end();
        if (oversized || valid && writer.length() > SessionCutter.RECORD_BYTES) {
            fault("has more than " + SessionCutter.RECORD_BYTES + " bytes; a bulk request takes at most "
                    + OktaLimits.BYTES_PER_REQUEST);
        }
        if (!valid) {
            reject();
        } else if (deactivation && takesProfiles()) {
            deactivateLater();
        } else if (takesProfiles() && !comparison.isToSend(externalId)) {
            unchanged++;
            writer.takeBack();
        } else if (deactivation) {
            comparison.deactivated(externalId);
            send(BulkRequest.Kind.DELETE);
        } else {
            send(BulkRequest.Kind.UPSERT);
        }
    }

    /** Hands over the last session, or says why nothing may be sent. */
    public PlanOutcome finish() throws IOException {
        if (!properties.unknown().isEmpty()) {
            return new PlanOutcome.Refused(unknownProperties(), summary());
        }
        Comparison.Ending ending = comparison.end(upserts, deactivated.size());
        boolean refusesRecords = rejected.errorCount() > 0 && !rules.skipInvalid();
        if (hasTooManyInvalid() || refusesRecords && sent() <= rules.most()) {
            return new PlanOutcome.Refused(invalidUsers(), summary());
        }
        if (ending instanceof Comparison.Ending.Refused refused) {
            return new PlanOutcome.Refused(refused.problem(), summary());
        }
        for (int i = 0; i < deactivated.size(); i++) {
            sendDeactivation(deactivated.get(i), deactivatedAt.get(i));
        }
        for (String gone : ((Comparison.Ending.Gone) ending).externalIds()) {
            sendDeactivation(gone, SessionPlan.NOWHERE);
        }
        int users = sent();
        int requests = cutter.requestCountWith(uncheckedUsers);
        boolean tooMany = rules.oneSessionOnly() && requests > OktaLimits.REQUESTS_PER_SESSION;
        if (users > rules.most() || tooMany) {
            return new PlanOutcome.Refused(limitExceeded(users, requests), summary());
        }
        if (users == 0 && unchanged == 0 && rejected.records() > 0) {
            return new PlanOutcome.Refused(invalidUsers(), summary());
        }
        handOver();
        return new PlanOutcome.Planned(summary());
    }

    private int sent() {
        return upserts + deactivations + uncheckedUsers;
    }

    private int place() {
        return line > 0 ? (int) line : index;
    }

    private String placeWord() {
        return line > 0 ? "line" : "index";
    }

    private boolean isRequiredBySchema(String name) {
        return rules.schema().filter(schema -> schema.required().contains(name)).isPresent();
    }

    /** What is known of the record's next property; empty when its name alone makes it invalid. */
    private Optional<PropertyTable.Property> newProperty(String name) {
        if (++propertiesSeen > MOST_PROPERTIES) {
            if (propertiesSeen == MOST_PROPERTIES + 1) {
                fault(PROFILE, "has more than " + MOST_PROPERTIES + " properties; no application has so many");
            }
            return Optional.empty();
        }
        Optional<PropertyTable.Property> property = properties.get(name);
        if (property.isEmpty()) {
            fault(
                    PROFILE,
                    "has a property name that is one of more than " + PropertyTable.MOST_NAMES
                            + " in this import; no application has so many");
            return Optional.empty();
        }
        if (!property.get().isNewIn(index)) {
            fault(shortened(name), "stands twice in the profile");
            return Optional.empty();
        }
        if (property.get().nameFault().isPresent()) {
            fault(Optional.of(PROFILE), property.get().nameFault().get());
            return Optional.empty();
        }
        return property;
    }

    private static String shortened(String name) {
        return name.length() > 255 ? PROFILE : name;
    }

    private void refuseLoginTwice(char[] text, int offset, int length) {
        if (length == 0) {
            return;
        }
        int first = logins.putIfAbsentInAnyCase(text, offset, length, place());
        if (first >= 0) {
            fault(
                    Optional.of(StandardProperty.USER_NAME.propertyName()),
                    Fault.of(
                            "is the userName of an earlier record too (" + placeWord() + " ",
                            first,
                            "); in Okta a login belongs to one person, whatever its case"));
        }
    }

    private void reject() throws IOException {
        Optional<String> id = Optional.of(externalId).filter(text -> !text.isEmpty());
        rejected.end(id.filter(ExternalId::isPrintable));
        comparison.rejected(id.filter(shown -> !externalIdDoubted));
        writer.takeBack();
        if (!rules.skipInvalid()) {
            stopHolding();
        }
    }

    /** Upserts come first in a session, so a deactivation waits for the end of the source. */
    private void deactivateLater() throws IOException {
        writer.takeBack();
        if (comparison.deactivated(externalId)) {
            deactivated.add(externalId);
            deactivatedAt.add(place());
        } else {
            unchanged++;
        }
    }

    private void sendDeactivation(String id, int position) throws IOException {
        writer.begin();
        char[] text = id.toCharArray();
        writer.externalId(text, text.length);
        writer.end();
        line = position;
        index = position;
        send(BulkRequest.Kind.DELETE);
    }

    private void send(BulkRequest.Kind kind) throws IOException {
        if (kind == BulkRequest.Kind.UPSERT) {
            upserts++;
        } else {
            deactivations++;
        }
        int length = writer.length();
        if (cutter.isFull(kind, length)) {
            if (rules.oneSessionOnly()) {
                stopHolding();
            } else {
                byte[] record = writer.cutLast();
                handOver();
                writer.restart(record);
            }
        }
        if (upserts + deactivations > rules.most()) {
            stopHolding();
        }
        if (cutter.isFull(kind, length)) {
            cutter.next();
        }
        cutter.add(kind, place(), writer.start(), length);
        if (!toldOfFirst && cutter.requestCount() > 1) {
            toldOfFirst = true;
            if (rejected.records() == 0) {
                sink.firstRequestIsFull();
            }
        }
        if (!holding) {
            writer.takeBack();
        }
    }

    /** From here on records are checked and counted, and their bytes are forgotten. */
    private void stopHolding() throws IOException {
        if (holding) {
            holding = false;
            writer.clear();
        }
    }

    private void handOver() throws IOException {
        if (holding && cutter.users() > 0) {
            ByteChunks bytes = writer.bytes();
            sink.session(cutter.session(bytes));
        }
        cutter.next();
    }

    private PlanSummary summary() {
        return new PlanSummary(
                records,
                upserts + deactivations,
                deactivations,
                skipped,
                unchanged,
                cutter.sessions(),
                rejected.rejections());
    }

    private Problem unknownProperties() {
        List<FieldError> errors = new ArrayList<>();
        properties.unknown().forEach((name, message) -> errors.add(new FieldError(name, message)));
        return Problem.invalidRequest(errors);
    }

    private Problem invalidUsers() {
        Rejections all = rejected.rejections();
        return Problem.of(
                        ProblemType.INVALID_USERS,
                        all.errorCount() + (all.errorCount() == 1 ? " error" : " errors") + " in " + all.records()
                                + " of " + records + (records == 1 ? " record" : " records")
                                + (hasTooManyInvalid()
                                        ? "; behind so many invalid ones the rest was only counted, and nothing was sent."
                                                + " Mend the records."
                                        : rules.skipInvalid()
                                                ? "; none is left to send. Mend the records."
                                                : "; nothing was sent, the valid records neither. Mend the records, or set"
                                                        + " IMPORT_INVALID_USERS=skip to leave them out."))
                .with("errors", all.listed())
                .with("errorCount", all.errorCount())
                .with("errorKinds", all.listedKinds());
    }

    private Problem limitExceeded(int users, int requests) {
        String limit = rules.oneSessionOnly()
                ? "a session takes " + OktaLimits.USERS_PER_SESSION + " users and " + OktaLimits.REQUESTS_PER_SESSION
                        + " requests. Nothing was sent. Split the import over several sessions, or put it as a file without a"
                        + " session id into the bucket of the state machine, which does that."
                : "a file may hold " + rules.most() + " users. Nothing was sent. Split the file.";
        return Problem.of(
                        ProblemType.SESSION_LIMIT_EXCEEDED,
                        users + " users need " + requests + " bulk requests of at most " + rules.usersPerPage()
                                + " users and " + OktaLimits.BYTES_PER_REQUEST + " bytes; " + limit)
                .with("users", users)
                .with("requests", requests)
                .with("maxUsers", rules.most())
                .with(
                        "maxRequests",
                        Optional.of(OktaLimits.REQUESTS_PER_SESSION).filter(most -> rules.oneSessionOnly()));
    }
}
