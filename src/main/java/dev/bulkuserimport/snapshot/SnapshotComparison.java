package dev.bulkuserimport.snapshot;

import dev.bulkuserimport.base.ByteChunks;
import dev.bulkuserimport.plan.Comparison;
import dev.bulkuserimport.plan.GroupOfRow;
import dev.bulkuserimport.plan.GroupRemovals;
import dev.bulkuserimport.plan.Guards;
import dev.bulkuserimport.plan.LateFault;
import dev.bulkuserimport.plan.SourceShape;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.snapshot.ChangeList.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Compares a source's people with the state while it is read, and records for each session how starting it changes the state. */
public final class SnapshotComparison implements Comparison {

    private final ImportOperation operation;
    private final Optional<People> known;
    private final OptionalInt knownCount;
    private final PropertyNames names;
    private final Guards guards;
    private final Completeness completeness;
    private final ProfileHash profile;
    private final Optional<LoginConflicts> logins;
    private final ChangeList changeList = new ChangeList();
    private final PersonComparison people;
    private final GroupComparison groups;
    private final Absences absences;
    private final PendingChanges changes;
    private final List<String> deactivatedLater = new ArrayList<>();
    private final UnsentChanges unsent;
    private int index;
    private long line;
    private int occurring;
    private int left;
    private int deactivations;
    private boolean unreadable;

    /**
     * @param operation a snapshot is the complete list of people: only changes are sent, and people who are missing are gone. With other
     *     operations all are sent, and no one is gone
     * @param known the people in the state; empty for the first snapshot
     * @param names the numbers of the properties, to which new ones are added
     * @param key the key of the hashes
     * @param guards the guards that can refuse the source
     * @param terms other rules for a snapshot
     */
    public SnapshotComparison(
            ImportOperation operation,
            Optional<People> known,
            PropertyNames names,
            HashKey key,
            Guards guards,
            SnapshotTerms terms) {
        this.operation = operation;
        this.known = known;
        this.knownCount = known.map(state -> OptionalInt.of(state.active())).orElse(OptionalInt.empty());
        this.names = names;
        this.guards = guards;
        this.completeness = new Completeness(terms, key);
        this.profile = new ProfileHash(key);
        this.logins = known.map(LoginConflicts::new);
        this.people = new PersonComparison(names, changeList);
        this.groups = new GroupComparison(known, key, changeList);
        this.absences = new Absences(terms);
        this.changes = new PendingChanges(groups.hash());
        this.unsent = new UnsentChanges(isSnapshot());
    }

    @Override
    public int expected() {
        return isSnapshot() ? known.map(People::size).orElse(0) : 0;
    }

    @Override
    public void columns(List<String> sourceColumns) {
        people.only(sourceColumns);
    }

    @Override
    public void begin(int recordIndex, long recordLine) {
        index = recordIndex;
        line = recordLine;
        profile.begin();
    }

    @Override
    public void property(String name, char[] text, int offset, int length) {
        profile.property(names.number(name), name, text, offset, length);
    }

    @Override
    public void nullProperty(String name) {
        profile.nullProperty(names.number(name), name);
    }

    @Override
    public boolean isToSend(String externalId) {
        int person = see(externalId);
        boolean send = isChanged(externalId, person) || !isSnapshot();
        if (send) {
            changes.active(externalId, profile, absence(person));
        }
        return send;
    }

    @Override
    public boolean isKnown(String externalId) {
        return find(externalId) != People.NO_PERSON;
    }

    @Override
    public boolean isInactive(String externalId) {
        return isKnown(externalId)
                && !known.orElseThrow().read(find(externalId)).isActive();
    }

    @Override
    public boolean deactivated(String externalId) {
        boolean later = operation.takesProfiles();
        int person = later ? see(externalId) : People.NO_PERSON;
        if (person != People.NO_PERSON) {
            if (!known.orElseThrow().read(person).isActive()) {
                people.isUnchanged();
                return false;
            }
            unsent.untouched(known.orElseThrow().read(person));
            logins.orElseThrow().aside(person, true, index, line);
        }
        deactivations++;
        changeList.add(externalId, Change.DEACTIVATED, List.of());
        if (later) {
            deactivatedLater.add(externalId);
        } else {
            changes.out(externalId, PersonEntry.Kind.INACTIVE);
        }
        return true;
    }

    @Override
    public Moves moves(String externalId, List<String> groupIds) {
        return isSnapshot() ? groups.moves(externalId, find(externalId), groupIds) : new Moves(groupIds, List.of());
    }

    @Override
    public void removed(String externalId, String group) {
        groups.removed(externalId, find(externalId), group);
    }

    @Override
    public void named(String group) {
        groups.named(group);
    }

    @Override
    public void memberships(boolean deletesGone) {
        groups.made(deletesGone);
    }

    @Override
    public boolean isToSend(GroupOfRow group) {
        return !isSnapshot() || groups.isToSend(group);
    }

    @Override
    public List<String> groupsGone() {
        return groups.gone();
    }

    @Override
    public void leftOut(Optional<String> externalId) {
        left++;
        unreadable |= externalId.isEmpty();
        int person = externalId.map(this::see).orElse(People.NO_PERSON);
        if (person != People.NO_PERSON) {
            unsent.untouched(known.orElseThrow().read(person));
            logins.orElseThrow().aside(person, false, index, line);
            groups.leftAlone(person);
        } else if (known.isEmpty()) {
            externalId.ifPresent(changes::leftOut);
        }
    }

    @Override
    public void source(SourceShape read) {
        completeness.source(read);
    }

    /** The source's structure, with hashes in place of the rules' values, to be compared with that of the next snapshot. */
    public SourceShape shape() {
        return completeness.shape();
    }

    @Override
    public Iterable<LateFault> contradictions() {
        return logins.map(LoginConflicts::faultsIfLeftOut).orElse(List.of());
    }

    @Override
    public Ending end() {
        if (isSnapshot() && known.isPresent() && !unreadable) {
            absences.settle(known.orElseThrow(), groups, changeList, unsent);
            groups.settle();
        }
        Iterable<LateFault> faults = logins.map(LoginConflicts::faults).orElse(List.of());
        if (faults.iterator().hasNext()) {
            return new Ending.Contradicted(faults);
        }
        Optional<Problem> incomplete =
                isSnapshot() ? completeness.refusal(knownCount.orElse(0), occurring) : Optional.empty();
        Optional<Problem> refusal = incomplete.or(() -> guards.refusal(impact(index, deactivations, List.of())));
        if (refusal.isPresent()) {
            return new Ending.Refused(refusal.get());
        }
        deactivatedLater.forEach(id -> changes.out(id, PersonEntry.Kind.INACTIVE));
        absences.gone().forEach(id -> changes.out(id, PersonEntry.Kind.GONE));
        return new Ending.Gone(absences.gone());
    }

    @Override
    public Guards.Impact impact(int records, int deactivated, List<GroupRemovals> removals) {
        return new Guards.Impact(
                knownCount,
                people.all() + deactivations + left,
                absences.gone().size() + deactivations,
                isSnapshot() ? people.changed() : 0,
                people.returned(),
                groups.removals());
    }

    public SnapshotCounts counts() {
        return new SnapshotCounts(
                knownCount,
                people.created(),
                people.returned(),
                people.changed(),
                people.changedByProperty(),
                people.unchanged(),
                absences.gone().size(),
                absences.missing(),
                deactivations,
                absences.firstGone(),
                groups.counts(),
                unreadable && isSnapshot() && known.isPresent());
    }

    public ChangeList changeList() {
        return changeList;
    }

    public PendingChanges changes() {
        return changes;
    }

    /** Changes to the state before those of the sessions: people who are missing or back, and those whose values match Okta's. */
    public ByteChunks learned() {
        return unsent.bytes();
    }

    private boolean isSnapshot() {
        return operation == ImportOperation.SNAPSHOT;
    }

    private int find(String externalId) {
        return known.map(state -> state.find(externalId)).orElse(People.NO_PERSON);
    }

    /** How long a person has been missing, which only a snapshot ends; a deactivation in doubt is over once the person is active. */
    private Optional<PersonEntry.Absence> absence(int person) {
        return isSnapshot() || person == People.NO_PERSON
                ? Optional.empty()
                : known.orElseThrow().read(person).absence().filter(absence -> !absence.isLeaving());
    }

    private int see(String externalId) {
        int person = known.map(state -> state.see(externalId)).orElse(People.NO_PERSON);
        occurring +=
                person != People.NO_PERSON && known.orElseThrow().read(person).isActive() ? 1 : 0;
        return person;
    }

    private boolean isChanged(String externalId, int person) {
        if (person == People.NO_PERSON) {
            people.isNew(externalId);
        } else {
            PersonEntry.Cursor before = known.orElseThrow().read(person);
            if (!people.isChanged(externalId, before, profile)) {
                unsent.unchanged(externalId, before, profile);
                return false;
            }
            unsent.present(before);
        }
        logins.ifPresent(claims -> claims.given(externalId, person, profile.login(), index, line));
        return true;
    }
}
