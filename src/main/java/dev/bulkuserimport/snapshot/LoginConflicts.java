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
 * Finds the logins that would pass from one person to another. In Okta a login belongs to one person; taking it from somebody who is active
 * makes one of two accounts the other's. Somebody whom the same source gives another login may lose the old one, unless people exchange
 * their logins in a circle, as all do where the column of the external IDs has slipped by a row.
 */
final class LoginConflicts {

    // A claim: somebody is given the login of a person who is known as active.
    private static final int TAKER = 0;
    private static final int OWNER = 1;
    private static final int INDEX = 2;
    private static final int LINE = 3;

    // A row of a known person that gives no login.
    private static final int PERSON = 0;
    private static final int LEAVES = 1;

    /** Takers who are new are numbered from here downwards, by their place in {@link #newTakers}. */
    private static final int FIRST_NEW = People.NOBODY - 1;

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
     * A record gives somebody a login.
     *
     * @param person the number of a known person, else {@link People#NOBODY}
     * @param login the login's hash, not 0
     */
    void given(String externalId, int person, long login, int index, long line) {
        if (person != People.NOBODY && people.read(person).isActive()) {
            long before = people.read(person).login();
            if (before == login) {
                return;
            }
            if (before != 0) {
                moved.set(person);
            }
        }
        int owner = people.owner(login);
        if (owner != People.NOBODY && owner != person) {
            claims.add(person == People.NOBODY ? newTaker(externalId) : person, owner, index, (int) line);
        }
    }

    /** The IDs of as many as are ever listed are kept; of the others the place must do. */
    private int newTaker(String externalId) {
        if (newTakers.size() == Rejections.KEPT_RECORDS) {
            return People.NOBODY;
        }
        newTakers.add(externalId);
        return FIRST_NEW - (newTakers.size() - 1);
    }

    /** A row deactivates a known person, or is left alone, so that the person keeps the login. */
    void aside(int person, boolean leaves, int index, long line) {
        if (people.read(person).isActive()) {
            asides.add(person, leaves ? 1 : 0, index, (int) line);
        }
    }

    /** What is wrong with each record that takes a login, and with the rows of those from whom it would be taken, in the source's order. */
    Iterable<LateFault> faults() {
        byTaker = sorted(claims, TAKER);
        BitSet circles = circles();
        BitSet conflicts = new BitSet();
        for (int i = 0; i < claims.size(); i++) {
            conflicts.set(i, !moved.get(claims.get(i, OWNER)) || circles.get(i));
        }
        if (conflicts.isEmpty()) {
            return List.of();
        }
        byOwner = sorted(claims, OWNER);
        byPerson = sorted(asides, PERSON);
        LongStream.Builder found = LongStream.builder();
        conflicts.stream().forEach(claim -> found.add(key(claims.get(claim, INDEX), claim)));
        for (int i = 0; i < asides.size(); i++) {
            int claim = find(byOwner, asides.get(i, PERSON));
            if (claim >= 0 && conflicts.get(claim) && asides.get(i, LEAVES) == 1) {
                found.add(key(asides.get(i, INDEX), claims.size() + i));
            }
        }
        long[] order = found.build().sorted().toArray();
        return () -> Arrays.stream(order)
                .mapToObj(at ->
                        (int) at < claims.size() ? ofTaker((int) at, circles) : ofLeaver((int) at - claims.size()))
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
                        "is that of ",
                        named(taker(claim), own) + place(claims, claim),
                        " too, whom the same file makes active: send the deactivation first, in a file of its own"));
    }

    private LateFault ofTaker(int claim, BitSet circles) {
        Optional<String> taker = taker(claim);
        int owner = claims.get(claim, OWNER);
        String name = named(Optional.of(people.read(owner).externalId()), taker.orElse(""));
        return new LateFault(
                claims.get(claim, INDEX),
                claims.get(claim, LINE),
                taker,
                StandardProperty.USER_NAME.propertyName(),
                circles.get(claim) ? exchanged(name, find(byTaker, owner)) : taken(name, find(byPerson, owner)));
    }

    private Fault exchanged(String name, int claim) {
        return saying(
                "belongs to ",
                name + place(claims, claim),
                ", and these people exchange their logins. If the column of the external IDs has slipped, fix the source;"
                        + " if this is intended, send one of them first with another userName");
    }

    private Fault taken(String name, int row) {
        if (row < 0) {
            return saying(
                    "belongs to ",
                    name,
                    ", who is known as active and to whom this file gives no other one: if it is the same person, an"
                            + " external ID must not change: give the old one back, or deactivate the old one first");
        }
        return asides.get(row, LEAVES) == 1
                ? saying(
                        "belongs to ",
                        name + place(asides, row),
                        ", whom this file deactivates only now: deactivate the old one first, or give the old external ID"
                                + " back")
                : saying(
                        "belongs to ",
                        name + place(asides, row),
                        ", who keeps it because that row is rejected or skipped");
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
        if (taker == People.NOBODY) {
            return Optional.empty();
        }
        return Optional.of(
                taker <= FIRST_NEW
                        ? newTakers.get(FIRST_NEW - taker)
                        : people.read(taker).externalId());
    }

    /** An ID that looks like an address is printed only among others that do. */
    private static String named(Optional<String> id, String other) {
        return id.filter(known -> ExternalId.isPrintable(known) && (!known.contains("@") || other.contains("@")))
                .orElse("another person");
    }

    /** The claims of people who exchange logins: following from each taker to the owner, who takes the next one's, leads back. */
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

    private static long[] sorted(IntRows rows, int column) {
        long[] keys = new long[rows.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = key(rows.get(i, column), i);
        }
        Arrays.sort(keys);
        return keys;
    }

    private static long key(int number, int row) {
        return (long) number << Integer.SIZE | row;
    }

    /** The first row whose column, by which they are sorted, has a number; -1 when none has. */
    private static int find(long[] sorted, int number) {
        int at = Arrays.binarySearch(sorted, key(number, 0));
        int first = at < 0 ? -at - 1 : at;
        return first < sorted.length && (int) (sorted[first] >> Integer.SIZE) == number ? (int) sorted[first] : -1;
    }
}
