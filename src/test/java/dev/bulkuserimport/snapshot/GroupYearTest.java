package dev.bulkuserimport.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.snapshot.KnownApplication.Result;
import dev.bulkuserimport.snapshot.KnownApplication.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nights of joins, moves, renamed groups, leavers and returners at random, with sessions that end in errors half done. Whether Okta drops a
 * leaver's memberships isn't documented, so it must come out right both ways.
 */
@DisplayName("A year of groups")
class GroupYearTest {

    private static final int NIGHTS = 120;

    private final KnownApplication app = new KnownApplication().grouped().unguarded();

    /** The staff: for each person the groups. */
    private final Map<Integer, Set<String>> staff = new TreeMap<>();

    private final Map<String, String> names = new HashMap<>();

    /** What Okta holds. */
    private final Set<String> pairs = new HashSet<>();

    private final Map<String, String> groups = new HashMap<>();

    /** What can't be known of pairs, after an error or a deactivation. */
    private final Set<String> uncertain = new HashSet<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    @DisplayName("leaves Okta with what the last snapshot says, and sends nothing twice")
    void year(long seed) {
        Random random = new Random(seed);
        boolean dropsLeavers = random.nextBoolean();
        boolean deletes = random.nextBoolean();
        if (deletes) {
            app.deletingGroups();
        }
        for (int i = 1; i <= 60; i++) {
            staff.put(i, someGroups(random));
        }
        for (int night = 0; night < NIGHTS; night++) {
            change(random);
            List<Row> rows = new ArrayList<>();
            staff.forEach((number, theirs) -> rows.add(Row.of(number)
                    .in(theirs.stream()
                            .map(group -> group + "/" + names.getOrDefault(group, "Group " + group))
                            .toArray(String[]::new))));
            boolean fails = random.nextInt(6) == 0;
            Set<String> present = staff.keySet().stream().map(Row::id).collect(Collectors.toSet());
            Result result = fails ? app.failing(rows) : app.snapshot(rows);
            String what = "seed " + seed + ", night " + night;
            assertThat(result.isRefused()).as(what).isFalse();
            leave(present, dropsLeavers, fails, random);
            result.groupsSent().forEach(sent -> apply(sent, fails, random, what));
            if (!fails) {
                check(present, what);
            }
        }
    }

    private void change(Random random) {
        for (int number : List.copyOf(staff.keySet())) {
            if (random.nextInt(15) == 0) {
                staff.put(number, someGroups(random));
            } else if (random.nextInt(40) == 0) {
                staff.remove(number);
            }
        }
        for (int i = 0; i < 3; i++) {
            staff.putIfAbsent(1 + random.nextInt(80), someGroups(random));
        }
        if (random.nextInt(4) == 0) {
            names.put("g" + random.nextInt(9), "Name " + random.nextInt(3));
        }
    }

    private static Set<String> someGroups(Random random) {
        Set<String> some = new HashSet<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            some.add("g" + random.nextInt(9));
        }
        return some;
    }

    private void leave(Set<String> present, boolean drops, boolean fails, Random random) {
        for (String pair : Set.copyOf(pairs)) {
            if (!present.contains(pair.substring(pair.indexOf('/') + 1))) {
                uncertain.add(pair);
                if (drops && !(fails && random.nextBoolean())) {
                    pairs.remove(pair);
                }
            }
        }
    }

    private void apply(String sent, boolean fails, Random random, String what) {
        boolean happens = !fails || random.nextBoolean();
        String verb = sent.substring(0, sent.indexOf(' '));
        String object = sent.substring(sent.indexOf(' ') + 1);
        switch (verb) {
            case "group" -> {
                String id = object.substring(0, object.indexOf('='));
                if (happens) {
                    groups.put(id, object.substring(object.indexOf('=') + 1));
                }
            }
            case "delete" -> {
                if (happens) {
                    groups.remove(object);
                    pairs.removeIf(pair -> pair.startsWith(object + "/"));
                }
            }
            default -> {
                boolean joins = verb.equals("join");
                assertThat(pairs.contains(object) == joins && !uncertain.contains(object))
                        .as("%s: %s changes nothing", what, sent)
                        .isFalse();
                if (happens) {
                    boolean changed = joins ? pairs.add(object) : pairs.remove(object);
                    assertThat(changed || !uncertain.isEmpty()).as(what).isTrue();
                }
                if (fails) {
                    uncertain.add(object);
                } else {
                    uncertain.remove(object);
                }
            }
        }
    }

    private void check(Set<String> present, String what) {
        Set<String> expected = new HashSet<>();
        Map<String, String> named = new HashMap<>();
        staff.forEach((number, theirs) -> theirs.forEach(group -> {
            expected.add(group + "/" + Row.id(number));
            named.put(group, names.getOrDefault(group, "Group " + group));
        }));
        Set<String> ofThePresent = pairs.stream()
                .filter(pair -> present.contains(pair.substring(pair.indexOf('/') + 1)))
                .collect(Collectors.toSet());
        assertThat(ofThePresent).as(what).isEqualTo(expected);
        assertThat(groups).as(what).containsAllEntriesOf(named);
    }
}
