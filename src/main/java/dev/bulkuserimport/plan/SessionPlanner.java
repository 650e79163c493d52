package dev.bulkuserimport.plan;

import com.fasterxml.jackson.core.SerializableString;
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
    private final Contradictions contradictions;
    private final PresentProfile profile;
    private final SessionSink sink;
    private final RowGroups rowGroups;
    private final SourcePlan source;

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
        this.rowGroups = new RowGroups(comparison, contradictions.groupDates());
        this.source = new SourcePlan(
                rules, rejected, contradictions, writer, rowGroups, new SessionFiller(rules, writer, sink));
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
        source.columns(names);
        comparison.columns(names);
    }

    @Override
    public void rules(Supplier<List<SourceShape.RuleUse>> uses) {
        source.rules(uses);
    }

    @Override
    public boolean onlyCounts() {
        return source.onlyCounts();
    }

    @Override
    public void count() {
        source.count();
    }

    /** The number of records started. */
    public int records() {
        return source.records();
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
        record.begin(source.next(), line, deactivates);
        writer.begin();
        comparison.begin(record.index(), record.line());
        contradictions.begin();
        profile.begin();
        rowGroups.begin();
        contradictions.known(record.index()).ifPresent(late -> fault(Optional.of(late.field()), late.fault()));
    }

    @Override
    public void skip(long line, Optional<String> externalId) {
        comparison.begin(source.next(), line);
        source.skip(externalId);
    }

    @Override
    public void noExternalId() {
        if (record.takesExternalId()) {
            fault(PresentRecord.EXTERNAL_ID, "is missing");
        }
    }

    @Override
    public void compositeExternalId(String kind) {
        if (record.takesExternalId()) {
            fault(PresentRecord.EXTERNAL_ID, PresentProfile.composite(kind));
        }
    }

    @Override
    public void doubtExternalId() {
        record.doubtExternalId();
    }

    @Override
    public void rejectedBefore(String reason) {
        contradictions.dateIds().rejectedBefore(reason);
        contradictions.groupDates().rejectedBefore(reason);
    }

    @Override
    public void externalIdHidesDate() {
        contradictions.dateIds().hide();
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
        if (length > 0 && !comparison.isInactive(record.externalId())) {
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
        source.groups().add(group);
    }

    @Override
    public void membership(MembershipRecord membership) {
        source.groups().add(membership);
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
        contradictions
                .dateIds()
                .still()
                .filter(fault -> !record.isFaulted(PresentRecord.EXTERNAL_ID))
                .ifPresent(fault -> fault(Optional.of(PresentRecord.EXTERNAL_ID), fault));
        record.end();
        writer.end();
        if (profile.isOversized() || record.isValid() && writer.length() > PresentRecord.MOST_BYTES) {
            fault(Optional.empty(), TOO_LARGE);
        }
        boolean repeats = contradictions.repeats(record, writer, rowGroups);
        if (!record.isValid()) {
            source.reject(record);
        } else if (repeats) {
            source.repeat();
        } else if (record.isDeactivation()) {
            source.deactivate(record);
        } else {
            source.keep(record);
        }
        if (contradictions.isVoid()) {
            source.stopHolding();
        }
    }

    /** Passes on the last session, or returns why nothing may be sent. */
    public PlanOutcome finish() throws IOException {
        return source.finish(profile.unknownProperties());
    }
}
