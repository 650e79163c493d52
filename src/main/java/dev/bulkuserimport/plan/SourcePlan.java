package dev.bulkuserimport.plan;

import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.rules.BulkOperation;
import dev.bulkuserimport.rules.ExternalId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What the records of a source come to: sessions, rejected records and counts, and at the end whether the source may be sent. */
final class SourcePlan {

    private final PlanRules rules;
    private final Comparison comparison;
    private final RejectedRecords rejected;
    private final Contradictions contradictions;
    private final RecordWriter writer;
    private final SessionFiller sessions;
    private final GroupPlan groups;
    private final RowGroups rowGroups;

    private List<String> columns = List.of();
    private Supplier<List<SourceShape.RuleUse>> ruleUses = List::of;
    private int records;
    private int skipped;
    private int skippedAsTheyAre;
    /** External IDs of skipped records that look like dates, of people who aren't known. */
    private final List<String> skippedDates = new ArrayList<>();

    private int unchanged;
    private int repeated;
    private int uncheckedUsers;
    private List<GroupRemovals> removals = List.of();

    SourcePlan(
            PlanRules rules,
            RejectedRecords rejected,
            Contradictions contradictions,
            RecordWriter writer,
            RowGroups rowGroups,
            SessionFiller sessions) {
        this.rules = rules;
        this.comparison = rules.comparison();
        this.rejected = rejected;
        this.contradictions = contradictions;
        this.writer = writer;
        this.sessions = sessions;
        this.groups = new GroupPlan(rules);
        this.rowGroups = rowGroups;
    }

    void columns(List<String> names) {
        columns = names;
    }

    void rules(Supplier<List<SourceShape.RuleUse>> uses) {
        ruleUses = uses;
    }

    /** Groups and memberships that are listed by themselves. */
    GroupPlan groups() {
        return groups;
    }

    /** The number of records started. */
    int records() {
        return records;
    }

    /** Starts a record; returns its index. */
    int next() {
        return records++;
    }

    /** Whether nothing of the source can be sent any more, so that further records are only counted. */
    boolean onlyCounts() {
        return sessions.users() + uncheckedUsers + sessions.leavers() > rules.most()
                || rejected.areTooMany(rules.most());
    }

    /** Counts a record without checking it. */
    void count() {
        records++;
        uncheckedUsers++;
    }

    void skip(Optional<String> externalId) {
        skipped++;
        boolean isDate =
                externalId.filter(contradictions.dateIds()::looksLikeOne).isPresent();
        // A damaged ID could be someone else's.
        Optional<String> readable = externalId.filter(
                id -> ExternalId.fault(id.toCharArray(), 0, id.length()).isEmpty());
        if (isDate && readable.filter(id -> !comparison.isKnown(id)).isPresent()) {
            skippedDates.add(readable.get());
        } else {
            skippedAsTheyAre += readable.isPresent() ? 1 : 0;
            comparison.leftOut(readable);
        }
    }

    /** Whether a date was an ID, only the others show. */
    private void leaveSkippedDatesOut() {
        boolean areDamaged = contradictions.dateIds().areDamagedToo(skippedDates.size(), skippedAsTheyAre);
        skippedDates.forEach(id -> comparison.leftOut(Optional.of(id).filter(any -> !areDamaged)));
    }

    void reject(PresentRecord record) throws IOException {
        rejected.end(record.certainId().filter(ExternalId::isPrintable));
        groups.rejectedUser(record.readableId());
        comparison.leftOut(record.certainId());
        rowGroups.reject();
        writer.takeBack();
        if (!rules.skipInvalid()) {
            sessions.stopHolding();
        }
    }

    /** The record counts as one with an earlier one. */
    void repeat() throws IOException {
        repeated++;
        writer.takeBack();
    }

    void deactivate(PresentRecord record) throws IOException {
        if (!rules.operation().takesProfiles()) {
            comparison.deactivated(record.externalId());
            if (groups.isEmpty()) {
                sessions.add(BulkOperation.DELETE_USERS, record.place());
            } else {
                // Memberships and groups are removed first, even if that takes other sessions.
                writer.takeBack();
                sessions.addLater(record.externalId(), record.place());
            }
            return;
        }
        writer.takeBack();
        if (comparison.deactivated(record.externalId())) {
            sessions.addLater(record.externalId(), record.place());
        } else {
            unchanged++;
        }
    }

    void keep(PresentRecord record) throws IOException {
        if (comparison.isToSend(record.externalId())) {
            sessions.add(BulkOperation.UPSERT_USERS, record.place());
        } else {
            unchanged++;
            writer.takeBack();
        }
        rowGroups.keep(record.externalId(), record.place());
    }

    /** From now on records are only counted. */
    void stopHolding() throws IOException {
        sessions.stopHolding();
    }

    /**
     * Passes on the last session, or returns why nothing may be sent.
     *
     * @param unknownProperties names that refuse the whole source, each with advice
     */
    PlanOutcome finish(Map<String, String> unknownProperties) throws IOException {
        if (rowGroups.areMade() && !groups.isEmpty()) {
            return refused(PlanProblems.groupsTwice());
        }
        if (!unknownProperties.isEmpty()) {
            return refused(PlanProblems.unknownProperties(unknownProperties));
        }
        contradictions.rejectDoubts(rejected);
        leaveSkippedDatesOut();
        groups.rejectInvalid(rejected);
        removals = groups.removals(contradictions::hasExternalId, comparison);
        rowGroups.end();
        comparison.source(new SourceShape(columns, ruleUses.get()));
        Comparison.Ending ending = comparison.end();
        boolean refusesRecords = rejected.errorCount() > 0 && !rules.skipInvalid();
        int asked = sessions.users() + sessions.leavers() + uncheckedUsers;
        // Before those who are gone are added: without one valid record, the source says nothing about them.
        boolean isNoneLeft = rejected.records() > 0 && rejected.records() + skipped == records && groups.isEmpty();
        if (rejected.areTooMany(rules.most()) || refusesRecords && asked <= rules.most() || isNoneLeft) {
            return invalidUsers();
        }
        if (ending instanceof Comparison.Ending.Contradicted contradicted) {
            return contradicted(contradicted.faults());
        }
        if (ending instanceof Comparison.Ending.Refused refused) {
            return refused(refused.problem());
        }
        boolean removes = !rules.operation().takesProfiles();
        if (removes) {
            groups.addTo(sessions, writer);
        }
        sessions.addLeavers();
        for (String gone : ((Comparison.Ending.Gone) ending).externalIds()) {
            sessions.addDeactivation(gone, SessionPlan.NOWHERE);
        }
        if (!removes) {
            groups.addTo(sessions, writer);
        }
        rowGroups.addTo(sessions, writer);
        int users = sessions.users() + uncheckedUsers;
        int requests = sessions.requestsWith(uncheckedUsers);
        if (users > rules.most() || rules.areTooMany(sessions.sessions(), requests)) {
            return refused(PlanProblems.limitExceeded(rules, users, sessions, requests));
        }
        if (requests == 0 && unchanged == 0 && rejected.records() > 0) {
            return invalidUsers();
        }
        sessions.handOver();
        return new PlanOutcome.Planned(summary());
    }

    private PlanOutcome refused(Problem problem) {
        return new PlanOutcome.Refused(problem, summary());
    }

    private PlanOutcome invalidUsers() {
        return refused(PlanProblems.invalidUsers(
                rejected.rejections(), recordsOfAllKinds(), rejected.areTooMany(rules.most()), rules.skipInvalid()));
    }

    /** The number of users, groups and memberships, valid or not. */
    private int recordsOfAllKinds() {
        return records + groups.records();
    }

    private PlanSummary summary() {
        return new PlanSummary(
                recordsOfAllKinds(),
                groups.records(),
                sessions.users() + sessions.leavers(),
                sessions.deactivations() + sessions.leavers(),
                skipped,
                unchanged,
                repeated + groups.repeated(),
                sessions.groups(),
                sessions.memberships(),
                rowGroups.namedOtherwise(),
                removals,
                rejected.rejections());
    }

    private PlanOutcome contradicted(Iterable<LateFault> faults) {
        faults.forEach(rejected::add);
        return refused(PlanProblems.contradicted(rejected.rejections(), recordsOfAllKinds()));
    }
}
