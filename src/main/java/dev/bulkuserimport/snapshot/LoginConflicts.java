package dev.bulkuserimport.snapshot;

import dev.bulkuserimport.plan.LateFault;
import dev.bulkuserimport.plan.Rejections;
import dev.bulkuserimport.rules.ExternalId;
import dev.bulkuserimport.rules.Fault;
import dev.bulkuserimport.rules.StandardProperty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Finds logins that would pass from one person to another. In Okta a login belongs to one person; taking it from an active person turns one
 * person's account into another's. A person who gets another login from the same source may lose the old one, unless people swap their
 * logins in a circle, as everyone does if the external ID column is shifted by a row.
 */
final class LoginConflicts {

    // A claim: a person is given the login of a person who is known to be active.
    private static final int TAKER = 0;
    private static final int OWNER = 1;
    private static final int INDEX = 2;
    private static final int LINE = 3;

    // A row of a known person without a login.
    private static final int PERSON = 0;
    private static final int LEAVES = 1;

    /** New people who claim a login are numbered downwards from here, by their index in {@link #newTakers}. */
    private static final int FIRST_NEW = People.NO_PERSON - 1;

    private final People people;
    private final IntRows claims = new IntRows(4);
    private final IntRows asides = new IntRows(4);
    private final BitSet moved = new BitSet();
    private final List<String> newTakers = new ArrayList<>();
    private long[] byTaker = {};
    private long[] byOwner = {};
    private long[] byPerson = {};

    LoginConflicts(People people) {
        this.people = people;
    }

    /**
     * A record gives a person a login.
     *
     * @param person the number of a known person, otherwise {@link People#NO_PERSON}
     * @param login the login's hash; 0 if there is none
     */
    void given(String externalId, int person, long login, int index, long line) {
        if (login == 0) {
            return;
        }
        if (person != People.NO_PERSON && people.read(person).isActive()) {
            long before = people.read(person).login();
            // Someone in doubt may have lost it to another person since.
            if (before == login && people.read(person).ownsLogin()) {
                return;
            }
            if (before != 0 && before != login) {
                moved.set(person);
            }
        }
        int owner = people.owner(login);
        if (owner != People.NO_PERSON && owner != person) {
            claims.add(person == People.NO_PERSON ? newTaker(externalId) : person, owner, index, (int) line);
        }
    }

    /** IDs are kept only for as many as are ever listed; the others are identified by their position. */
    private int newTaker(String externalId) {
        if (newTakers.size() == Rejections.KEPT_RECORDS) {
            return People.NO_PERSON;
        }
        newTakers.add(externalId);
        return FIRST_NEW - (newTakers.size() - 1);
    }

    /** A row deactivates or skips a known person, who therefore keeps the login. */
    void aside(int person, boolean leaves, int index, long line) {
        if (people.read(person).isActive()) {
            asides.add(person, leaves ? 1 : 0, index, (int) line);
        }
    }

    /** The faults of records that take a login, and of the rows of the people from whom it would be taken, in source order. */
    Iterable<LateFault> faults() {
        return faults(false);
    }

    /**
     * The same if those records are left out, with all that are then faulty too: if a record takes the login of someone who gets another
     * one only by a record that is left out, the login isn't free.
     */
    Iterable<LateFault> faultsIfLeftOut() {
        return faults(true);
    }

    private Iterable<LateFault> faults(boolean leftOut) {
        byTaker = claims.sortedBy(TAKER);
        BitSet circles = circles();
        BitSet conflicts = new BitSet();
        for (int i = 0; i < claims.size(); i++) {
            conflicts.set(i, !moved.get(claims.get(i, OWNER)) || circles.get(i));
        }
        if (conflicts.isEmpty()) {
            return List.of();
        }
        byOwner = claims.sortedBy(OWNER);
        if (leftOut) {
            spread(conflicts);
        }
        byPerson = asides.sortedBy(PERSON);
        LongStream.Builder found = LongStream.builder();
        conflicts.stream().forEach(claim -> found.add(IntRows.key(claims.get(claim, INDEX), claim)));
        for (int i = 0; i < asides.size(); i++) {
            int claim = find(byOwner, asides.get(i, PERSON));
            if (claim >= 0 && conflicts.get(claim) && asides.get(i, LEAVES) == 1) {
                found.add(IntRows.key(asides.get(i, INDEX), claims.size() + i));
            }
        }
        long[] order = found.build().sorted().toArray();
        return () -> Arrays.stream(order)
                .mapToObj(at -> (int) at < claims.size()
                        ? ofTaker((int) at, circles, conflicts)
                        : ofLeaver((int) at - claims.size()))
                .iterator();
    }

    private LateFault ofLeaver(int row) {
        int claim = find(byOwner, asides.get(row, PERSON));
        String own = people.read(asides.get(row, PERSON)).externalId();
        return new LateFault(
                asides.get(row, INDEX),
                asides.get(row, LINE),
                Optional.of(own),
                StandardProperty.USER_NAME.propertyName(),
                saying(
                        "is also the login of ",
                        named(taker(claim), own) + place(claims, claim),
                        ", whom the same file activates: send the deactivation first, in a separate file"));
    }

    private LateFault ofTaker(int claim, BitSet circles, BitSet conflicts) {
        Optional<String> taker = taker(claim);
        int owner = claims.get(claim, OWNER);
        String name = named(Optional.of(people.read(owner).externalId()), taker.orElse(""));
        return new LateFault(
                claims.get(claim, INDEX),
                claims.get(claim, LINE),
                taker,
                StandardProperty.USER_NAME.propertyName(),
                circles.get(claim) ? exchanged(name, find(byTaker, owner)) : taken(name, owner, conflicts));
    }

    private Fault exchanged(String name, int claim) {
        return saying(
                "belongs to ",
                name + place(claims, claim),
                ", and these people swap their logins. If the external ID column has shifted, fix the source; if this is"
                        + " intended, send one of them with another userName first");
    }

    private Fault taken(String name, int owner, BitSet conflicts) {
        int row = find(byPerson, owner);
        int own = find(byTaker, owner);
        if (row < 0 && own >= 0 && conflicts.get(own)) {
            return kept(name + place(claims, own));
        }
        if (row < 0) {
            return saying(
                    "belongs to ",
                    name,
                    ", who is known to be active and doesn't get another one in this file: if it is the same person, the"
                            + " external ID must not change: restore the old one, or deactivate the old one first");
        }
        return asides.get(row, LEAVES) == 1
                ? saying(
                        "belongs to ",
                        name + place(asides, row),
                        ", whom this file is only now deactivating: deactivate the old one first, or restore the old external ID")
                : kept(name + place(asides, row));
    }

    private static Fault kept(String who) {
        return saying("belongs to ", who, ", who keeps it because that row is rejected or skipped");
    }

    private static String place(IntRows rows, int row) {
        int line = rows.get(row, LINE);
        return line > 0 ? " (line " + line + ")" : " (index " + rows.get(row, INDEX) + ")";
    }

    private static Fault saying(String before, String who, String after) {
        return new Fault(before + who + after, before + "…" + after);
    }

    private Optional<String> taker(int claim) {
        int taker = claims.get(claim, TAKER);
        if (taker == People.NO_PERSON) {
            return Optional.empty();
        }
        return Optional.of(
                taker <= FIRST_NEW
                        ? newTakers.get(FIRST_NEW - taker)
                        : people.read(taker).externalId());
    }

    /** An ID that looks like an address is shown only if others do too. */
    private static String named(Optional<String> id, String other) {
        return id.filter(known -> ExternalId.isPrintable(known) && (!known.contains("@") || other.contains("@")))
                .orElse("another person");
    }

    /** Adds the claims to the logins of those who keep theirs because their own claim is among them, and so on. */
    private void spread(BitSet conflicts) {
        int[] toFollow = new int[claims.size()];
        int left = 0;
        for (int claim = conflicts.nextSetBit(0); claim >= 0; claim = conflicts.nextSetBit(claim + 1)) {
            toFollow[left++] = claim;
        }
        while (left > 0) {
            int taker = claims.get(toFollow[--left], TAKER);
            for (int at = firstAt(byOwner, taker); isAt(byOwner, at, taker); at++) {
                int claim = (int) byOwner[at];
                if (!conflicts.get(claim)) {
                    conflicts.set(claim);
                    toFollow[left++] = claim;
                }
            }
        }
    }

    /** The claims of people who swap logins: following each taker to the owner, who takes the next one's, leads back to the start. */
    private BitSet circles() {
        BitSet circles = new BitSet();
        int[] walk = new int[claims.size()];
        for (int i = 0; i < walk.length; i++) {
            int at = i;
            while (at >= 0 && walk[at] == 0) {
                walk[at] = i + 1;
                at = find(byTaker, claims.get(at, OWNER));
            }
            while (at >= 0 && walk[at] == i + 1 && !circles.get(at)) {
                circles.set(at);
                at = find(byTaker, claims.get(at, OWNER));
            }
        }
        return circles;
    }

    /** The first row with a number in the column by which they are sorted; -1 if there is none. */
    private static int find(long[] sorted, int number) {
        int first = firstAt(sorted, number);
        return isAt(sorted, first, number) ? (int) sorted[first] : -1;
    }

    private static int firstAt(long[] sorted, int number) {
        int at = Arrays.binarySearch(sorted, IntRows.key(number, 0));
        return at < 0 ? -at - 1 : at;
    }

    private static boolean isAt(long[] sorted, int at, int number) {
        return at < sorted.length && (int) (sorted[at] >> Integer.SIZE) == number;
    }
}
