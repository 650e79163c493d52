package dev.bulkuserimport.snapshot;

import dev.bulkuserimport.base.ByteChunks;
import dev.bulkuserimport.plan.Comparison;
import dev.bulkuserimport.plan.Guards;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Holds a source's people against those who are known from before, one pass, while the source is read; and keeps, for each session, what
 * starting it will make of the state.
 */
public final class SnapshotComparison implements Comparison {

    /** How a source is to be understood. */
    public enum Mode {
        /** The source is all the people there are: only changes are sent, and who is missing is gone. */
        SNAPSHOT,
        /** The source is some people: all are sent, nobody is gone; the state learns of it. */
        SOME,
        /** The source is people who leave, each of whom is deactivated. */
        LEAVERS
    }

    private static final int LISTED = 100;

    private final Mode mode;
    private final Optional<People> known;
    private final OptionalInt knownCount;
    private final PropertyNames names;
    private final Guards guards;
    private final ProfileHash profile;
    private final LoginPlaces newLogins = new LoginPlaces();
    private final Map<String, Integer> changedByProperty = new TreeMap<>();
    private final List<String> deactivated = new ArrayList<>();
    private final List<String> goneIds = new ArrayList<>();

    private ByteChunks changes = new ByteChunks();
    private int place;
    private int created;
    private int changed;
    private int unchanged;
    private int gone;
    private int left;
    private int leavers;
    private boolean unreadable;

    /**
     * @param known the people known from before; empty for the first snapshot
     * @param names the numbers of the properties, to which new ones are added
     * @param key the key of the hashes
     * @param guards what refuses all of it
     */
    public SnapshotComparison(Mode mode, Optional<People> known, PropertyNames names, HashKey key, Guards guards) {
        this.mode = mode;
        this.known = known;
        this.knownCount = known.map(people -> OptionalInt.of(people.active())).orElse(OptionalInt.empty());
        this.names = names;
        this.guards = guards;
        this.profile = new ProfileHash(key);
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
    public void begin(int recordPlace) {
        place = recordPlace;
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
        boolean send = isChanged(externalId) || mode != Mode.SNAPSHOT;
        if (send) {
            PersonEntry.writeActive(changes, externalId, profile);
        }
        return send;
    }

    @Override
    public boolean deactivated(String externalId) {
        if (mode == Mode.LEAVERS) {
            // They are sent at once, not behind others.
            leavers++;
            PersonEntry.write(changes, externalId, PersonEntry.Kind.INACTIVE);
            return true;
        }
        int entry = see(externalId);
        boolean already = entry != People.NOBODY
                && known.orElseThrow().read(entry).kind() == PersonEntry.Kind.INACTIVE
                && mode == Mode.SNAPSHOT;
        if (already) {
            unchanged++;
        } else {
            deactivated.add(externalId);
        }
        return !already;
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
    public Ending end(int upserts, int deactivations) {
        for (String id : deactivated) {
            PersonEntry.write(changes, id, PersonEntry.Kind.INACTIVE);
        }
        boolean mayGo = mode == Mode.SNAPSHOT && known.isPresent() && !unreadable;
        gone = mayGo ? known.get().goneCount() : 0;
        if (mayGo) {
            for (String id : known.get().gone()) {
                if (goneIds.size() == LISTED) {
                    break;
                }
                goneIds.add(id);
            }
            Optional<Problem> moved = moved(known.get());
            if (moved.isPresent()) {
                return new Ending.Refused(moved.get());
            }
        }
        int present = created + changed + unchanged + deactivated.size() + leavers + left;
        Optional<Problem> refusal = guards.refusal(knownCount, present, gone + deactivated.size() + leavers, changed());
        if (refusal.isPresent()) {
            return new Ending.Refused(refusal.get());
        }
        return new Ending.Gone(mayGo ? this::leaving : List.of());
    }

    public SnapshotCounts counts() {
        return new SnapshotCounts(
                knownCount,
                created,
                changed,
                new LinkedHashMap<>(changedByProperty),
                unchanged,
                gone,
                deactivated.size() + leavers,
                List.copyOf(goneIds),
                unreadable && mode == Mode.SNAPSHOT && known.isPresent());
    }

    /**
     * What starting the next session makes of the state; asked once for each session, in order.
     *
     * @param users how many people the session holds
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

    private int see(String externalId) {
        return known.isPresent() ? known.get().see(externalId) : People.NOBODY;
    }

    private boolean isChanged(String externalId) {
        int entry = see(externalId);
        if (entry == People.NOBODY) {
            created++;
            if (known.isPresent()) {
                newLogins.put(profile.login(), place);
            }
            return true;
        }
        PersonEntry.Cursor before = known.orElseThrow().read(entry);
        switch (before.kind()) {
            case ACTIVE -> {
                if (before.sum() == profile.sum()) {
                    unchanged++;
                    return false;
                }
                changed++;
                countProperties(before.properties());
            }
            case UNKNOWN -> changed++;
            default -> created++;
        }
        return true;
    }

    /** Counts each property that is there only before, only now, or with another hash. */
    private void countProperties(int[] before) {
        for (int i = 0; i < profile.count(); i++) {
            int at = find(before, profile.name(i));
            if (at < 0 || before[at + 1] != profile.hash(i)) {
                changedByProperty.merge(names.name(profile.name(i)), 1, Integer::sum);
            }
        }
        for (int i = 0; i < before.length; i += 2) {
            if (!hasNow(before[i])) {
                changedByProperty.merge(names.name(before[i]), 1, Integer::sum);
            }
        }
    }

    private static int find(int[] pairs, int name) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i] == name) {
                return i;
            }
        }
        return -1;
    }

    private boolean hasNow(int name) {
        for (int i = 0; i < profile.count(); i++) {
            if (profile.name(i) == name) {
                return true;
            }
        }
        return false;
    }

    private void leftAlone(Optional<String> externalId) {
        left++;
        if (externalId.isPresent()) {
            see(externalId.get());
        } else {
            unreadable = true;
        }
    }

    /** A new person with the login of one who is gone: the same person under another external ID, whom Okta would lock out. */
    private Optional<Problem> moved(People people) {
        List<Map<String, Object>> errors = new ArrayList<>();
        int count = 0;
        Iterator<String> ids = people.gone().iterator();
        for (long login : people.goneLogins()) {
            String goneId = ids.next();
            int at = newLogins.get(login);
            if (at < 0) {
                continue;
            }
            count++;
            if (errors.size() < LISTED) {
                Map<String, Object> error = new LinkedHashMap<>();
                error.put("index", at);
                error.put("line", at);
                error.put("externalId", goneId);
                error.put("field", "externalId");
                error.put(
                        "message",
                        "is gone, and the new person on line " + at
                                + " has the same userName: if it is the same person,"
                                + " an external ID must not change; give the old one back, or deactivate the old one first");
                errors.add(error);
            }
        }
        return count == 0
                ? Optional.empty()
                : Optional.of(Problem.of(
                                ProblemType.INVALID_USERS,
                                count + (count == 1 ? " person" : " people")
                                        + " would leave and come back under another external ID with the same userName."
                                        + " Nothing was sent.")
                        .with("errors", errors)
                        .with("errorCount", count));
    }

    private Iterator<String> leaving() {
        Iterator<String> ids = known.orElseThrow().gone().iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return ids.hasNext();
            }

            @Override
            public String next() {
                String id = ids.next();
                PersonEntry.write(changes, id, PersonEntry.Kind.REMOVED);
                return id;
            }
        };
    }
}
