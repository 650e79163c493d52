package dev.bulkuserimport.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.plan.Comparison;
import dev.bulkuserimport.plan.Guards;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.rules.Limit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A snapshot, held against the people known from before")
class SnapshotComparisonTest {

    private static final Guards UNGUARDED = Guards.ofSource(Limit.NONE, Limit.NONE);

    private final HashKey key = HashKey.generate();
    private final PropertyNames names = new PropertyNames(List.of());
    private Optional<People> state = Optional.empty();

    /** One night. */
    private record Night(
            SnapshotCounts counts, List<String> sent, List<String> deactivated, Comparison.Ending ending) {}

    private Night night(Map<String, Map<String, String>> people) throws IOException {
        return night(people, UNGUARDED, Set.of(), ImportOperation.SNAPSHOT);
    }

    private Night night(
            Map<String, Map<String, String>> people, Guards guards, Set<String> terminated, ImportOperation operation)
            throws IOException {
        SnapshotComparison comparison =
                new SnapshotComparison(operation, state, names, key, guards, SnapshotTerms.PLAIN);
        List<String> sent = new ArrayList<>();
        List<String> deactivated = new ArrayList<>();
        int line = 1;
        for (Map.Entry<String, Map<String, String>> person : people.entrySet()) {
            line++;
            comparison.begin(line - 2, line);
            if (terminated.contains(person.getKey())) {
                if (comparison.deactivated(person.getKey())) {
                    deactivated.add(person.getKey());
                }
                continue;
            }
            person.getValue()
                    .forEach((name, value) -> comparison.property(name, value.toCharArray(), 0, value.length()));
            if (comparison.isToSend(person.getKey())) {
                sent.add(person.getKey());
            }
        }
        Comparison.Ending ending = comparison.end();
        if (ending instanceof Comparison.Ending.Gone gone) {
            gone.externalIds().forEach(deactivated::add);
            // In two sessions, as a plan would cut them.
            int users = sent.size() + deactivated.size();
            People next = state.orElseGet(People::new);
            next.add(new ByteArrayInputStream(comparison.changes().take(users / 2)));
            next.add(new ByteArrayInputStream(comparison.changes().take(users - users / 2)));
            state = Optional.of(stored(next));
        }
        return new Night(comparison.counts(), sent, deactivated, ending);
    }

    private static People stored(People people) throws IOException {
        byte[] bytes = people.stored().readAllBytes();
        assertThat(people.storedBytes()).isEqualTo(bytes.length);
        People read = new People();
        read.add(new ByteArrayInputStream(bytes));
        assertThat(read.size()).isEqualTo(people.size());
        return read;
    }

    private static Map<String, String> profile(String login, String department) {
        Map<String, String> profile = new TreeMap<>();
        profile.put("userName", login);
        profile.put("department", department);
        return profile;
    }

    @Test
    @DisplayName("sends everybody the first time, then only changes, and deactivates who is gone")
    void changes() throws IOException {
        Map<String, Map<String, String>> people = new TreeMap<>();
        people.put("E-1", profile("a@example.com", "R&D"));
        people.put("E-2", profile("b@example.com", "R&D"));
        people.put("E-3", profile("c@example.com", "Sales"));
        Night first = night(people);
        assertThat(first.sent()).containsExactly("E-1", "E-2", "E-3");
        assertThat(first.deactivated()).isEmpty();
        assertThat(first.counts().known()).isEmpty();

        assertThat(night(people).sent()).isEmpty();

        people.put("E-2", profile("b@example.com", "Sales"));
        people.remove("E-3");
        people.put("E-4", profile("d@example.com", "Sales"));
        Night third = night(people);
        assertThat(third.sent()).containsExactly("E-2", "E-4");
        assertThat(third.deactivated()).containsExactly("E-3");
        assertThat(third.counts().changedByProperty()).containsExactly(Map.entry("department", 1));
        assertThat(third.counts().goneIds()).containsExactly("E-3");

        people.put("E-3", profile("c@example.com", "Sales"));
        Night back = night(people);
        assertThat(back.sent()).containsExactly("E-3");
        assertThat(back.counts().returned()).isEqualTo(1);
    }

    @Test
    @DisplayName("doesn't deactivate a terminated row again every night")
    void terminated() throws IOException {
        Map<String, Map<String, String>> people = new TreeMap<>();
        people.put("E-1", profile("a@example.com", "R&D"));
        people.put("E-2", profile("b@example.com", "R&D"));
        night(people);
        Set<String> leaver = Set.of("E-2");
        assertThat(night(people, UNGUARDED, leaver, ImportOperation.SNAPSHOT).deactivated())
                .containsExactly("E-2");
        assertThat(night(people, UNGUARDED, leaver, ImportOperation.SNAPSHOT).deactivated())
                .isEmpty();
        people.remove("E-2");
        assertThat(night(people).deactivated()).isEmpty();
        people.put("E-2", profile("b@example.com", "R&D"));
        assertThat(night(people).sent()).containsExactly("E-2");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"rows of a table, true", "objects that name their properties themselves, false"})
    @DisplayName("of a part of the properties doesn't make the state forget whose login is whose:")
    void partial(String what, boolean inColumns) throws IOException {
        Map<String, Map<String, String>> people = new TreeMap<>();
        people.put("E-1", profile("a@example.com", "R&D"));
        people.put("E-2", profile("b@example.com", "R&D"));
        night(people);
        People known = stored(state.orElseThrow());
        long before = known.read(known.find("E-1")).login();
        SnapshotComparison update = new SnapshotComparison(
                ImportOperation.CREATE_AND_UPDATE, state, names, key, UNGUARDED, SnapshotTerms.PLAIN);
        if (inColumns) {
            update.columns(List.of("department"));
        }
        update.begin(0, 2);
        update.property("department", "Board".toCharArray(), 0, 5);
        assertThat(update.isToSend("E-1")).isTrue();
        known.add(new ByteArrayInputStream(update.changes().take(1)));
        assertThat(known.owner(before)).isEqualTo(known.find("E-1"));
        assertThat(update.contradictions()).isEmpty();
    }

    @Test
    @DisplayName("that has shrunk is stopped by the guard, and named for what it is")
    void guard() throws IOException {
        Map<String, Map<String, String>> people = new TreeMap<>();
        for (int i = 0; i < 200; i++) {
            people.put("E-" + i, profile("u" + i + "@example.com", "R&D"));
        }
        night(people);
        Map<String, Map<String, String>> truncated = new TreeMap<>(people);
        truncated.keySet().removeIf(id -> id.length() > 3);
        Night stopped =
                night(truncated, Guards.ofSource(Limit.CAREFUL, Limit.NONE), Set.of(), ImportOperation.SNAPSHOT);
        assertThat(stopped.ending()).isInstanceOfSatisfying(Comparison.Ending.Refused.class, refused -> {
            assertThat(refused.problem().type()).isEqualTo(ProblemType.DEACTIVATION_LIMIT_EXCEEDED);
            assertThat(refused.problem().detail())
                    .contains("190 people would be deactivated; at most 10")
                    .contains("This source has 10 people, the last had 200");
        });
        assertThat(night(people).sent()).as("nothing was changed by it").isEmpty();
    }

    @Test
    @DisplayName("with a record whose external ID can't be read deactivates nobody")
    void unreadable() throws IOException {
        Map<String, Map<String, String>> people = new TreeMap<>();
        people.put("E-1", profile("a@example.com", "R&D"));
        night(people);
        SnapshotComparison comparison =
                new SnapshotComparison(ImportOperation.SNAPSHOT, state, names, key, UNGUARDED, SnapshotTerms.PLAIN);
        comparison.begin(0, 2);
        comparison.leftOut(Optional.empty());
        Comparison.Ending.Gone gone = (Comparison.Ending.Gone) comparison.end();
        assertThat(gone.externalIds()).isEmpty();
        assertThat(comparison.counts().nobodyGoes()).isTrue();

        SnapshotComparison readable = new SnapshotComparison(
                ImportOperation.SNAPSHOT, Optional.of(stored(state.get())), names, key, UNGUARDED, SnapshotTerms.PLAIN);
        readable.begin(0, 2);
        readable.leftOut(Optional.of("E-1"));
        assertThat(((Comparison.Ending.Gone) readable.end()).externalIds()).isEmpty();
        assertThat(readable.counts().nobodyGoes()).isFalse();
    }

    @Test
    @DisplayName("over random nights never sends anybody unchanged, and forgets nobody")
    void manyNights() throws IOException {
        Random random = new Random(20_261_125);
        Map<String, Map<String, String>> people = new TreeMap<>();
        Map<String, Map<String, String>> okta = new TreeMap<>();
        for (int night = 0; night < 60; night++) {
            Set<String> touched = new HashSet<>();
            for (int i = random.nextInt(40); i > 0; i--) {
                String id = "E-" + random.nextInt(300);
                touched.add(id);
                if (people.containsKey(id) && random.nextInt(3) == 0) {
                    people.remove(id);
                } else {
                    people.put(id, profile(id + "@example.com", "D" + random.nextInt(4)));
                }
            }
            Night done = night(people);
            assertThat(touched).containsAll(done.sent()).containsAll(done.deactivated());
            for (String id : done.sent()) {
                assertThat(people.get(id)).isNotEqualTo(okta.get(id));
                okta.put(id, people.get(id));
            }
            done.deactivated().forEach(okta::remove);
            assertThat(okta).isEqualTo(people);
        }
    }

    @Test
    @DisplayName("counts those who are gone and those whom rows deactivate against one limit")
    void goneAndDeactivated() throws IOException {
        Map<String, Map<String, String>> people = new TreeMap<>();
        for (int i = 0; i < 20; i++) {
            people.put("E-" + i, profile("u" + i, "A"));
        }
        night(people);
        people.keySet().removeAll(Set.of("E-1", "E-2", "E-3"));
        Set<String> terminated = Set.of("E-4", "E-5");
        Guards four = Guards.ofSource(Limit.parse("4").orElseThrow(), Limit.NONE);
        Comparison.Ending ending =
                night(people, four, terminated, ImportOperation.SNAPSHOT).ending();
        assertThat(ending).isInstanceOfSatisfying(Comparison.Ending.Refused.class, refused -> {
            assertThat(refused.problem().more()).containsEntry("users", 5).containsEntry("people", 17);
        });
        Guards five = Guards.ofSource(Limit.parse("5").orElseThrow(), Limit.NONE);
        assertThat(night(people, five, terminated, ImportOperation.SNAPSHOT).ending())
                .isInstanceOf(Comparison.Ending.Gone.class);
    }
}
