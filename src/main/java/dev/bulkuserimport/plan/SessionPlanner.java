package dev.bulkuserimport.plan;

import com.fasterxml.jackson.core.SerializableString;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.rules.BulkOperation;
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

    /** Invalid records, as times of the users that may be sent, after which the rest is only counted, so that the time stays bounded. */
    private static final int CHECKED_TIMES = 10;

    /** What a record may have, whose request holds nothing else. */
    private static final int RECORD_BYTES = BulkOperation.UPSERT_USERS.mostItemBytes();

    private final PlanRules rules;
    private final Comparison comparison;
    private final PropertyTable properties;
    private final Set<String> required = new LinkedHashSet<>();
    private final RejectedRecords rejected = new RejectedRecords();
    private final PresentRecord record = new PresentRecord(rejected);
    private final RecordWriter writer = new RecordWriter();
    private final SessionFiller sessions;
    private final Places externalIds;
    private final Places logins;
    /** People whose deactivation waits for the end of the source, because upserts come first in a session. */
    private final List<Leaver> leavers = new ArrayList<>();

    private int records;
    private int skipped;
    private int unchanged;
    private int uncheckedUsers;
    private boolean oversized;

    private record Leaver(String externalId, int place) {}

    /**
     * @param rules how records are checked and cut
     * @param sink takes the sessions
     */
    public SessionPlanner(PlanRules rules, SessionSink sink) {
        this.rules = rules;
        this.comparison = rules.comparison();
        this.externalIds = new Places(comparison.expected());
        this.logins = new Places(comparison.expected());
        this.properties = new PropertyTable(rules.schema(), rules.unknownRefuses());
        this.sessions = new SessionFiller(rules, writer, sink);
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
        return sent() + leavers.size() > rules.most() || hasTooManyInvalid();
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
    public void begin(long line) throws IOException {
        begin(line, !takesProfiles());
    }

    @Override
    public void beginDeactivation(long line) throws IOException {
        begin(line, true);
    }

    private void begin(long line, boolean deactivates) throws IOException {
        record.begin(records++, line, deactivates);
        writer.begin();
        comparison.begin(record.place());
        oversized = false;
    }

    @Override
    public void skip(long line, Optional<String> externalId) {
        records++;
        skipped++;
        // A damaged ID is nobody's, so it could be anybody's.
        comparison.skipped(externalId.filter(
                id -> ExternalId.fault(id.toCharArray(), 0, id.length()).isEmpty()));
    }

    @Override
    public void noExternalId() {
        if (record.takesExternalId()) {
            fault(PresentRecord.EXTERNAL_ID, "is missing");
        }
    }

    @Override
    public void doubtExternalId() {
        record.doubtExternalId();
    }

    @Override
    public void externalId(String value) throws IOException {
        if (!record.takesExternalId()) {
            return;
        }
        char[] text = value.toCharArray();
        Optional<Fault> fault = ExternalId.fault(text, 0, text.length);
        if (fault.isPresent()) {
            fault(Optional.of(PresentRecord.EXTERNAL_ID), fault.get());
            return;
        }
        record.externalId(value);
        int first = externalIds.putIfAbsent(text, 0, text.length, record.place());
        if (first >= 0) {
            fault(
                    Optional.of(PresentRecord.EXTERNAL_ID),
                    Fault.of(
                            "stands in an earlier record too (" + record.placeWord() + " ",
                            first,
                            "); Okta would apply one of the two at random: keep one"));
            return;
        }
        writer.externalId(text, text.length);
    }

    @Override
    public void beginProfile() throws IOException {
        record.beginProfile();
        writer.beginProfile();
    }

    @Override
    public void noObject() {
        record.noObject();
    }

    @Override
    public void noProfile() {
        record.noProfile();
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
        boolean written = isWritten();
        boolean plain = written && writer.property(property.json(), text, offset, length);
        Optional<Fault> fault = property.fault(text, offset, length, plain);
        if (fault.isPresent()) {
            fault(Optional.of(name), fault.get());
        } else if (property.isLogin()) {
            refuseLoginTwice(text, offset, length);
        }
        record.hasProperty();
        if (written && record.isValid()) {
            oversized = writer.length() > RECORD_BYTES;
            comparison.property(name, text, offset, length);
        }
    }

    @Override
    public void nullProperty(String name) throws IOException {
        Optional<PropertyTable.Property> known = newProperty(name);
        boolean takesNull = known.flatMap(PropertyTable.Property::standard)
                .filter(StandardProperty::nullable)
                .isPresent();
        if (takesNull && isWritten()) {
            writer.nullProperty(known.get().json());
            comparison.nullProperty(name);
            record.hasProperty();
        }
    }

    @Override
    public void compositeProperty(String name, String kind) {
        record.hasProperty();
        if (newProperty(name).isPresent()) {
            fault(name, "is an " + kind + "; Okta takes only text");
        }
    }

    @Override
    public void endProfile() throws IOException {
        writer.endProfile();
        record.endProfile();
        for (String name : required) {
            if (!properties.has(name, record.index()) && !record.isFaulted(name)) {
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
        record.fault(field, message);
    }

    @Override
    public void fault(Optional<String> field, Fault fault) {
        record.fault(field, fault);
    }

    @Override
    public void end() throws IOException {
        record.end();
        writer.end();
        if (oversized || record.isValid() && writer.length() > RECORD_BYTES) {
            fault("has more than " + RECORD_BYTES + " bytes; a bulk request takes at most "
                    + OktaLimits.BYTES_PER_REQUEST);
        }
        if (!record.isValid()) {
            reject();
        } else if (record.isDeactivation() && takesProfiles()) {
            deactivateLater();
        } else if (takesProfiles() && !comparison.isToSend(record.externalId())) {
            unchanged++;
            writer.takeBack();
        } else if (record.isDeactivation()) {
            comparison.deactivated(record.externalId());
            sessions.add(BulkOperation.DELETE_USERS, record.place());
        } else {
            sessions.add(BulkOperation.UPSERT_USERS, record.place());
        }
    }

    /** Hands over the last session, or says why nothing may be sent. */
    public PlanOutcome finish() throws IOException {
        if (!properties.unknown().isEmpty()) {
            return refused(PlanProblems.unknownProperties(properties.unknown()));
        }
        Comparison.Ending ending = comparison.end(sessions.upserts(), leavers.size());
        boolean refusesRecords = rejected.errorCount() > 0 && !rules.skipInvalid();
        if (hasTooManyInvalid() || refusesRecords && sent() <= rules.most()) {
            return refused(invalidUsers());
        }
        if (ending instanceof Comparison.Ending.Refused refused) {
            return refused(refused.problem());
        }
        for (Leaver leaver : leavers) {
            sessions.addDeactivation(leaver.externalId(), leaver.place());
        }
        for (String gone : ((Comparison.Ending.Gone) ending).externalIds()) {
            sessions.addDeactivation(gone, SessionPlan.NOWHERE);
        }
        int users = sent();
        int requests = sessions.requestsWith(uncheckedUsers);
        boolean tooMany = rules.oneSessionOnly() && requests > OktaLimits.REQUESTS_PER_SESSION;
        if (users > rules.most() || tooMany) {
            return refused(PlanProblems.limitExceeded(rules, users, requests));
        }
        if (users == 0 && unchanged == 0 && rejected.records() > 0) {
            return refused(invalidUsers());
        }
        sessions.handOver();
        return new PlanOutcome.Planned(summary());
    }

    private int sent() {
        return sessions.users() + uncheckedUsers;
    }

    /** Whether the present record is still worth writing. */
    private boolean isWritten() {
        return record.isValid() && !oversized;
    }

    private boolean isRequiredBySchema(String name) {
        return rules.schema().filter(schema -> schema.required().contains(name)).isPresent();
    }

    /** What is known of the record's next property; empty when its name alone makes it invalid. */
    private Optional<PropertyTable.Property> newProperty(String name) {
        if (!record.takesProperty()) {
            return Optional.empty();
        }
        Optional<PropertyTable.Property> property = properties.get(name);
        if (property.isEmpty()) {
            fault(
                    PresentRecord.PROFILE,
                    "has a property name that is one of more than " + PropertyTable.MOST_NAMES
                            + " in this import; no application has so many");
            return Optional.empty();
        }
        if (!property.get().isNewIn(record.index())) {
            fault(shortened(name), "stands twice in the profile");
            return Optional.empty();
        }
        if (property.get().nameFault().isPresent()) {
            fault(Optional.of(PresentRecord.PROFILE), property.get().nameFault().get());
            return Optional.empty();
        }
        return property;
    }

    private static String shortened(String name) {
        return name.length() > PropertyTable.LONGEST_NAME ? PresentRecord.PROFILE : name;
    }

    private void refuseLoginTwice(char[] text, int offset, int length) {
        if (length == 0) {
            return;
        }
        int first = logins.putIfAbsentInAnyCase(text, offset, length, record.place());
        if (first >= 0) {
            fault(
                    Optional.of(StandardProperty.USER_NAME.propertyName()),
                    Fault.of(
                            "is the userName of an earlier record too (" + record.placeWord() + " ",
                            first,
                            "); in Okta a login belongs to one person, whatever its case"));
        }
    }

    private void reject() throws IOException {
        rejected.end(record.readableId().filter(ExternalId::isPrintable));
        comparison.rejected(record.certainId());
        writer.takeBack();
        if (!rules.skipInvalid()) {
            sessions.stopHolding();
        }
    }

    private void deactivateLater() throws IOException {
        writer.takeBack();
        if (comparison.deactivated(record.externalId())) {
            leavers.add(new Leaver(record.externalId(), record.place()));
        } else {
            unchanged++;
        }
    }

    private PlanOutcome refused(Problem problem) {
        return new PlanOutcome.Refused(problem, summary());
    }

    private PlanSummary summary() {
        return new PlanSummary(
                records,
                sessions.users(),
                sessions.deactivations(),
                skipped,
                unchanged,
                sessions.sessions(),
                rejected.rejections());
    }

    private Problem invalidUsers() {
        String why =
                "nothing was sent, the valid records neither. Mend the records, or set IMPORT_INVALID_USERS=skip to"
                        + " leave them out.";
        if (hasTooManyInvalid()) {
            why = "behind so many invalid ones the rest was only counted, and nothing was sent. Mend the records.";
        } else if (rules.skipInvalid()) {
            why = "none is left to send. Mend the records.";
        }
        return PlanProblems.invalidUsers(rejected.rejections(), records, why);
    }
}
