package dev.bulkuserimport.snapshot;

import dev.bulkuserimport.base.ByteChunks;
import dev.bulkuserimport.plan.Comparison;
import dev.bulkuserimport.plan.GroupOfRow;
import dev.bulkuserimport.plan.Guards;
import dev.bulkuserimport.plan.LateFault;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.plan.SourceShape;
import dev.bulkuserimport.problem.FieldError;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.snapshot.ChangeList.Change;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Compares a source's people with the state in a single pass while the source is read, and records, for each session, how starting it
 * changes the state.
 */
public final class SnapshotComparison implements Comparison {

    /** The meaning of a source. */
    public enum Mode {
        /** The source is the complete list of people: only changes are sent, and people who are missing are gone. */
        SNAPSHOT,
        /** The source contains some people: all are sent, no one is gone; the state is updated. */
        SOME,
        /** The source contains leavers, each of whom is deactivated. */
        LEAVERS
    }

    private static final int LISTED = 100;

    private final Mode mode;
    private final HashKey key;
    private final Optional<People> known;
    private final OptionalInt knownCount;
    private final PropertyNames names;
    private final Guards guards;
    private final SnapshotTerms terms;
    private final ProfileHash profile;
    private final Optional<LoginConflicts> logins;
    private final ChangedProperties properties;
    private final ChangeList changeList = new ChangeList();
    private final GroupComparison groups;
    private final List<String> deactivated = new ArrayList<>();
    private final List<String> gone = new ArrayList<>();
    private final ByteChunks learned = new ByteChunks();

    private ByteChunks changes = new ByteChunks();
    private SourceShape shape = SourceShape.NONE;
    private int index;
    private long line;
    private int occurring;
    private int created;
    private int returned;
    private int changed;
    private int unchanged;
    private int missing;
    private int left;
    private int leavers;
    private boolean unreadable;

    /**
     * @param known the people in the state; empty for the first snapshot
     * @param names the numbers of the properties, to which new ones are added
     * @param key the key of the hashes
     * @param guards the guards that can refuse the source
     * @param terms other rules for a snapshot
     */
    public SnapshotComparison(
            Mode mode, Optional<People> known, PropertyNames names, HashKey key, Guards guards, SnapshotTerms terms) {
        this.mode = mode;
        this.key = key;
        this.known = known;
        this.knownCount = known.map(people -> OptionalInt.of(people.active())).orElse(OptionalInt.empty());
        this.names = names;
        this.guards = guards;
        this.terms = terms;
        this.profile = new ProfileHash(key);
        this.logins = known.map(LoginConflicts::new);
        this.properties = new ChangedProperties(names);
        this.groups = new GroupComparison(known, key, changeList);
    }

    @Override
    public int expected() {
        return mode == Mode.SNAPSHOT ? known.map(People::size).orElse(0) : 0;
    }

    @Override
    public OptionalInt known() {
        return knownCount;
    }

    @Override
    public int changed() {
        return mode == Mode.SNAPSHOT ? changed : 0;
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
        boolean send = isChanged(externalId, person) || mode != Mode.SNAPSHOT;
        if (send) {
            PersonEntry.writeActive(changes, externalId, profile);
        }
        return send;
    }

    @Override
    public boolean isInactive(String externalId) {
        int person = find(externalId);
        return person != People.NO_PERSON && !known.orElseThrow().read(person).isActive();
    }

    @Override
    public boolean deactivated(String externalId) {
        if (mode == Mode.LEAVERS) {
            // They are sent immediately, not after others.
            leavers++;
            changeList.add(externalId, Change.DEACTIVATED, List.of());
            PersonEntry.write(changes, externalId, PersonEntry.Kind.INACTIVE);
            return true;
        }
        int person = see(externalId);
        if (person != People.NO_PERSON && !known.orElseThrow().read(person).isActive()) {
            unchanged++;
            return false;
        }
        if (person != People.NO_PERSON) {
            logins.orElseThrow().aside(person, true, index, line);
        }
        deactivated.add(externalId);
        changeList.add(externalId, Change.DEACTIVATED, List.of());
        return true;
    }

    @Override
    public Moves moves(String externalId, List<String> groupIds) {
        return mode == Mode.SNAPSHOT
                ? groups.moves(externalId, find(externalId), groupIds)
                : new Moves(groupIds, List.of());
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
        return mode != Mode.SNAPSHOT || groups.isToSend(group);
    }

    @Override
    public List<String> groupsGone() {
        return mayGo() ? groups.gone() : List.of();
    }

    @Override
    public void rejected(Optional<String> externalId) {
        leftAlone(externalId);
    }

    @Override
    public void skipped(Optional<String> externalId) {
        leftAlone(externalId);
    }

    @Override
    public void source(SourceShape read) {
        shape = new SourceShape(
                read.columns(),
                read.rules().stream()
                        .map(rule -> new SourceShape.RuleUse(
                                rule.list(), rule.column(), key.proof(rule.values()), rule.rows()))
                        .toList());
    }

    /** The source's structure, with hashes in place of the rules' values, to be compared with that of the next snapshot. */
    public SourceShape shape() {
        return shape;
    }

    @Override
    public Iterable<LateFault> contradictions() {
        return logins.map(LoginConflicts::faults).orElse(List.of());
    }

    @Override
    public Ending end(int upserts, int deactivations) {
        for (String id : deactivated) {
            PersonEntry.write(changes, id, PersonEntry.Kind.INACTIVE);
        }
        if (mayGo()) {
            settleAbsences(known.orElseThrow());
        }
        Iterable<LateFault> faults = contradictions();
        if (faults.iterator().hasNext()) {
            return new Ending.Contradicted(faults);
        }
        if (mode == Mode.SNAPSHOT) {
            List<FieldError> errors = new Completeness(terms).errors(knownCount.orElse(0), occurring, shape);
            if (!errors.isEmpty()) {
                return new Ending.Refused(Problem.invalidRequest(errors));
            }
        }
        Optional<Problem> refusal = guards.refusal(impact());
        return refusal.<Ending>map(Ending.Refused::new)
                .orElseGet(() -> new Ending.Gone(gone.isEmpty() ? List.of() : this::leaving));
    }

    @Override
    public Guards.Impact impact(int records, int deactivations) {
        return impact();
    }

    private Guards.Impact impact() {
        int present = created + returned + changed + unchanged + deactivated.size() + leavers + left;
        return new Guards.Impact(
                knownCount,
                present,
                gone.size() + deactivated.size() + leavers,
                changed(),
                returned,
                groups.removals());
    }

    public SnapshotCounts counts() {
        return new SnapshotCounts(
                knownCount,
                created,
                returned,
                changed,
                properties.counts(),
                unchanged,
                gone.size(),
                missing,
                deactivated.size() + leavers,
                List.copyOf(gone.subList(0, Math.min(LISTED, gone.size()))),
                groups.counts(),
                unreadable && mode == Mode.SNAPSHOT && known.isPresent());
    }

    /** Everyone who is not unchanged. */
    public ChangeList changeList() {
        return changeList;
    }

    /**
     * How starting the next session changes the state; called once for each session, in order.
     *
     * @param users how many people the session contains
     */
    public byte[] changes(int users) {
        PersonEntry.Cursor cursor = new PersonEntry.Cursor(changes);
        int end = 0;
        for (int i = 0; i < users; i++) {
            end = cursor.at(end).end();
        }
        try (InputStream session = changes.stream(0, end);
                InputStream rest = changes.stream(end, changes.size() - end)) {
            byte[] bytes = session.readAllBytes();
            ByteChunks remaining = new ByteChunks();
            rest.transferTo(remaining);
            changes.release();
            changes = remaining;
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How starting the next session changes the state; called once for each session, in order. */
    public byte[] changes(SessionPlan session) throws IOException {
        byte[] people = changes(session.users());
        if (!session.isMixed()) {
            return people;
        }
        ByteChunks all = ByteChunks.of(people);
        new GroupChanges(groups.hash(), all).add(session);
        byte[] bytes = all.stream().readAllBytes();
        all.release();
        return bytes;
    }

    /** The changes to the state of people who aren't sent: those who are missing or back, and those whose values match Okta's. */
    public ByteChunks learned() {
        return learned;
    }

    private boolean mayGo() {
        return mode == Mode.SNAPSHOT && known.isPresent() && !unreadable;
    }

    private int find(String externalId) {
        return known.map(people -> people.find(externalId)).orElse(People.NO_PERSON);
    }

    private int see(String externalId) {
        if (known.isEmpty()) {
            return People.NO_PERSON;
        }
        int person = known.get().see(externalId);
        occurring += person != People.NO_PERSON && known.get().read(person).isActive() ? 1 : 0;
        return person;
    }

    private boolean isChanged(String externalId, int person) {
        if (person == People.NO_PERSON) {
            created++;
            changeList.add(externalId, Change.NEW, List.of());
            claimLogin(externalId, person);
            return true;
        }
        PersonEntry.Cursor before = known.orElseThrow().read(person);
        List<String> differences =
                before.kind() == PersonEntry.Kind.ACTIVE ? properties.of(before, profile) : List.of();
        if (before.kind() == PersonEntry.Kind.ACTIVE && differences.isEmpty()) {
            unchanged++;
            learn(externalId, before);
            return false;
        }
        Change change = change(before);
        switch (change) {
            case NEW -> created++;
            case RETURNED -> returned++;
            default -> changed++;
        }
        properties.count(differences);
        changeList.add(externalId, change, differences);
        claimLogin(externalId, person);
        return true;
    }

    private static Change change(PersonEntry.Cursor before) {
        return switch (before.kind()) {
            case ACTIVE -> Change.CHANGED;
            case INACTIVE, GONE -> Change.RETURNED;
            case UNKNOWN ->
                switch (before.before()) {
                    case ACTIVE -> Change.CHANGED;
                    case NOT_KNOWN -> Change.NEW;
                    case OUT -> Change.RETURNED;
                };
        };
    }

    private void claimLogin(String externalId, int person) {
        if (logins.isPresent() && profile.login() != 0) {
            logins.get().given(externalId, person, profile.login(), index, line);
        }
    }

    /** An unchanged person has the source's values from now on, and is not missing. */
    private void learn(String externalId, PersonEntry.Cursor before) {
        if (before.isShown()) {
            PersonEntry.writeActive(learned, externalId, profile);
        } else if (before.isMissing()) {
            PersonEntry.writeAgain(learned, before, Optional.empty());
        }
    }

    private void leftAlone(Optional<String> externalId) {
        left++;
        if (externalId.isEmpty()) {
            unreadable = true;
            return;
        }
        int person = see(externalId.get());
        if (person != People.NO_PERSON) {
            PersonEntry.Cursor before = known.orElseThrow().read(person);
            if (before.isMissing()) {
                PersonEntry.writeAgain(learned, before, Optional.empty());
            }
            logins.orElseThrow().aside(person, false, index, line);
            groups.leftAlone(person);
        }
    }

    private void settleAbsences(People people) {
        Absences absences = new Absences(terms.grace(), terms.written());
        for (String id : people.unseen()) {
            PersonEntry.Cursor entry = people.read(people.find(id));
            PersonEntry.Absence absence = absences.of(entry.absence());
            if (absences.isGone(absence)) {
                gone.add(id);
            } else {
                missing++;
                groups.leftAlone(people.find(id));
                if (!entry.absence().equals(Optional.of(absence))) {
                    PersonEntry.writeAgain(learned, entry, Optional.of(absence));
                }
            }
            changeList.add(id, absences.isGone(absence) ? Change.GONE : Change.MISSING, List.of());
        }
    }

    private Iterator<String> leaving() {
        Iterator<String> ids = gone.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return ids.hasNext();
            }

            @Override
            public String next() {
                String id = ids.next();
                PersonEntry.write(changes, id, PersonEntry.Kind.GONE);
                return id;
            }
        };
    }
}
