package dev.bulkuserimport.plan;

import com.fasterxml.jackson.core.SerializableString;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.rules.BulkOperation;
import dev.bulkuserimport.rules.ExternalId;
import dev.bulkuserimport.rules.Fault;
import dev.bulkuserimport.rules.OktaLimits;
import dev.bulkuserimport.rules.StandardProperty;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Receives records one field at a time, checks them, writes them directly into the bytes to be sent, and splits these into sessions. Only a
 * record's bytes are kept, until its session is passed on, with its position and hashes of its external ID and login.
 *
 * <p>Records that can't be sent any more (too many users, a refused source) are still checked and counted, but no longer stored.
 */
public final class SessionPlanner implements RecordSink {

    private static final Fault TOO_LARGE = Fault.of("has more than " + PresentRecord.MOST_BYTES
            + " bytes; a bulk request can have at most " + OktaLimits.BYTES_PER_REQUEST);

    private final PlanRules rules;
    private final Comparison comparison;
    private final RejectedRecords rejected = new RejectedRecords();
    private final PresentRecord record = new PresentRecord(rejected);
    private final RecordWriter writer = new RecordWriter();
    private final SessionFiller sessions;
    private final Contradictions contradictions;
    private final PresentProfile profile;
    private final SessionSink sink;
    private final GroupPlan groups;
    private final RowGroups rowGroups;

    private List<String> columns = List.of();
    private Supplier<List<SourceShape.RuleUse>> ruleUses = List::of;
    private int records;
    private int skipped;
    private int unchanged;
    private int repeated;
    private int uncheckedUsers;

    /**
     * @param rules how records are checked and cut
     * @param sink receives the sessions
     */
    public SessionPlanner(PlanRules rules, SessionSink sink) {
        this(
                rules,
                sink,
                new Contradictions(rules.skipInvalid(), rules.comparison().expected()));
    }

    private SessionPlanner(PlanRules rules, SessionSink sink, Contradictions contradictions) {
        this.rules = rules;
        this.sink = sink;
        this.comparison = rules.comparison();
        this.contradictions = contradictions;
        this.profile = new PresentProfile(rules, record, writer, contradictions);
        this.sessions = new SessionFiller(rules, writer, sink);
        this.groups = new GroupPlan(rules);
        this.rowGroups = new RowGroups(comparison);
    }

    /**
     * Whether records contradict each other or what is known, so that the source has to be read again with {@link #readingAgain}; this planner is then void.
     */
    public boolean mustReadAgain() {
        if (contradictions.mayLeaveOut()) {
            contradictions.known(comparison.contradictions());
        }
        return contradictions.areUndecided() && !rejected.areTooMany(rules.most());
    }

    /** A planner that reads the same source again and leaves out all records that contradict another. */
    public SessionPlanner readingAgain(PlanRules sameRules) {
        contradictions.readAgain();
        return new SessionPlanner(sameRules, sink, contradictions);
    }

    @Override
    public boolean mayBeReadAgain() {
        return rules.skipInvalid();
    }

    @Override
    public boolean takesProfiles() {
        return rules.operation().takesProfiles();
    }

    @Override
    public void require(String property) {
        profile.require(property);
    }

    @Override
    public void columns(List<String> names) {
        columns = names;
    }

    @Override
    public void rules(Supplier<List<SourceShape.RuleUse>> uses) {
        ruleUses = uses;
    }

    @Override
    public boolean onlyCounts() {
        return sessions.users() + uncheckedUsers + sessions.leavers() > rules.most()
                || rejected.areTooMany(rules.most());
    }

    @Override
    public void count() {
        records++;
        uncheckedUsers++;
    }

    /** The number of records started. */
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
        comparison.begin(record.index(), record.line());
        contradictions.begin();
        profile.begin();
        rowGroups.begin();
        contradictions.known(record.index()).ifPresent(late -> fault(Optional.of(late.field()), late.fault()));
    }

    @Override
    public void skip(long line, Optional<String> externalId) {
        comparison.begin(records++, line);
        skipped++;
        // A damaged ID could be someone else's.
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
        if (fault.isEmpty()) {
            record.externalId(value);
            fault = contradictions.externalId(value, record);
        }
        if (fault.isPresent()) {
            fault(Optional.of(PresentRecord.EXTERNAL_ID), fault.get());
        } else {
            writer.externalId(text, text.length);
        }
    }

    @Override
    public void leaverLogin(char[] text, int offset, int length) {
        if (length > 0 && record.isValid() && !comparison.isInactive(record.externalId())) {
            contradictions
                    .leaverLogin(text, offset, length, record)
                    .ifPresent(fault -> fault(Optional.of(StandardProperty.USER_NAME.propertyName()), fault));
        }
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
        return profile.expectedName();
    }

    @Override
    public void property(String name, char[] text, int offset, int length) throws IOException {
        profile.property(name, text, offset, length);
    }

    @Override
    public void nullProperty(String name) throws IOException {
        profile.nullProperty(name);
    }

    @Override
    public void compositeProperty(String name, String kind) {
        profile.compositeProperty(name, kind);
    }

    @Override
    public void endProfile() throws IOException {
        profile.end();
    }

    @Override
    public void group(GroupRecord group) {
        groups.add(group);
    }

    @Override
    public void membership(MembershipRecord membership) {
        groups.add(membership);
    }

    @Override
    public void memberships(boolean deletesGone) {
        if (takesProfiles()) {
            rowGroups.made(deletesGone);
            rejected.mixed();
        }
    }

    @Override
    public void memberOf(GroupOfRow group) {
        rowGroups.add(group, record.externalId()).forEach(wrong -> fault(wrong.field(), wrong.fault()));
    }

    @Override
    public void fault(Optional<String> field, Fault fault) {
        record.fault(field, fault);
    }

    @Override
    public void end() throws IOException {
        record.end();
        writer.end();
        if (profile.isOversized() || record.isValid() && writer.length() > PresentRecord.MOST_BYTES) {
            fault(Optional.empty(), TOO_LARGE);
        }
        boolean repeats = contradictions.repeats(record, writer, rowGroups);
        if (!record.isValid()) {
            reject();
        } else if (repeats) {
            repeated++;
            writer.takeBack();
        } else if (record.isDeactivation() && takesProfiles()) {
            writer.takeBack();
            if (comparison.deactivated(record.externalId())) {
                sessions.addLater(record.externalId(), record.place());
            } else {
                unchanged++;
            }
        } else if (record.isDeactivation()) {
            comparison.deactivated(record.externalId());
            sessions.add(BulkOperation.DELETE_USERS, record.place());
        } else {
            keep();
        }
        if (contradictions.isVoid()) {
            sessions.stopHolding();
        }
    }

    private void keep() throws IOException {
        if (comparison.isToSend(record.externalId())) {
            sessions.add(BulkOperation.UPSERT_USERS, record.place());
        } else {
            unchanged++;
            writer.takeBack();
        }
        rowGroups.keep(record.externalId(), record.place());
    }

    /** Passes on the last session, or returns why nothing may be sent. */
    public PlanOutcome finish() throws IOException {
        if (rowGroups.areMade() && !groups.isEmpty()) {
            return refused(PlanProblems.groupsTwice());
        }
        if (!profile.unknownProperties().isEmpty()) {
            return refused(PlanProblems.unknownProperties(profile.unknownProperties()));
        }
        contradictions.rejectDates(rejected);
        groups.rejectInvalid(rejected);
        rowGroups.end();
        comparison.source(new SourceShape(columns, ruleUses.get()));
        Comparison.Ending ending = comparison.end(sessions.upserts(), sessions.leavers());
        boolean refusesRecords = rejected.errorCount() > 0 && !rules.skipInvalid();
        int asked = sessions.users() + uncheckedUsers;
        if (rejected.areTooMany(rules.most()) || refusesRecords && asked <= rules.most()) {
            return invalidUsers();
        }
        if (ending instanceof Comparison.Ending.Contradicted contradicted) {
            return contradicted(contradicted.faults());
        }
        if (ending instanceof Comparison.Ending.Refused refused) {
            return refused(refused.problem());
        }
        sessions.addLeavers();
        for (String gone : ((Comparison.Ending.Gone) ending).externalIds()) {
            sessions.addDeactivation(gone, SessionPlan.NOWHERE);
        }
        groups.addTo(sessions, writer);
        rowGroups.addTo(sessions, writer);
        int users = sessions.users() + uncheckedUsers;
        int requests = sessions.requestsWith(uncheckedUsers);
        boolean tooMany = rules.oneSessionOnly() && requests > OktaLimits.REQUESTS_PER_SESSION;
        if (users > rules.most() || tooMany) {
            return refused(PlanProblems.limitExceeded(rules, users, sessions, requests));
        }
        if (requests == 0 && unchanged == 0 && rejected.records() > 0) {
            return invalidUsers();
        }
        sessions.handOver();
        return new PlanOutcome.Planned(summary());
    }

    private void reject() throws IOException {
        rejected.end(record.certainId().filter(ExternalId::isPrintable));
        groups.rejectedUser(record.readableId());
        comparison.rejected(record.certainId());
        rowGroups.reject();
        writer.takeBack();
        if (!rules.skipInvalid()) {
            sessions.stopHolding();
        }
    }

    private PlanOutcome refused(Problem problem) {
        return new PlanOutcome.Refused(problem, summary());
    }

    private PlanOutcome invalidUsers() {
        return refused(PlanProblems.invalidUsers(
                rejected.rejections(), records, rejected.areTooMany(rules.most()), rules.skipInvalid()));
    }

    private PlanSummary summary() {
        return new PlanSummary(
                records + groups.records(),
                sessions.users(),
                sessions.deactivations(),
                skipped,
                unchanged,
                repeated + groups.repeated(),
                sessions.groups(),
                sessions.memberships(),
                rowGroups.namedOtherwise(),
                sessions.sessions(),
                rejected.rejections());
    }

    private PlanOutcome contradicted(Iterable<LateFault> faults) {
        faults.forEach(rejected::add);
        return refused(PlanProblems.contradicted(rejected.rejections(), records));
    }
}
