package dev.bulkuserimport.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.rules.Limit;
import dev.bulkuserimport.support.GuardLimits;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The guards of an import")
class GuardsTest {

    private static GroupRemovals removals(String group, int removed, int members) {
        return new GroupRemovals(group, removed, OptionalInt.of(members));
    }

    private static Guards.Impact impact(String kind, int count) {
        return new Guards.Impact(
                OptionalInt.of(100),
                90,
                kind.equals("deactivations") ? count : 0,
                kind.equals("changes") ? count : 0,
                kind.equals("returns") ? count : 0,
                kind.equals("groupRemovals") ? List.of(removals("staff", count, 20)) : List.of());
    }

    private static Guards.Limits all(String limit) {
        Optional<Limit> each = Limit.parse(limit);
        return new Guards.Limits(each, each, each, each);
    }

    private static Guards fromSettings(String limit) {
        return Guards.ofFile(ImportOperation.SNAPSHOT, GuardLimits.UNSET, all(limit));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deactivations | users | maxDeactivations | IMPORT_MAX_DEACTIVATIONS 7",
                "changes | changed | maxChanges | IMPORT_MAX_CHANGES 7",
                "returns | returned | maxReturns | IMPORT_MAX_RETURNS 7",
                "groupRemovals | removals | maxGroupRemovals | IMPORT_MAX_GROUP_REMOVALS 7"
            })
    @DisplayName("allow as many as the limit says, and refuse one more with all that a person needs to decide")
    void boundary(String kind, String counted, String field, String named) {
        Guards guards = fromSettings("7");
        assertThat(guards.refusal(impact(kind, 7))).isEmpty();
        Problem problem = guards.refusal(impact(kind, 8)).orElseThrow();
        assertThat(problem.type()).isEqualTo(ProblemType.DEACTIVATION_LIMIT_EXCEEDED);
        assertThat(problem.detail()).contains("8 ", "at most 7 may be", named, "Nothing was sent.", "upload the file");
        assertThat(problem.more())
                .containsEntry("limit", kind)
                .containsEntry("limitSetBy", "setting")
                .containsEntry(counted, 8)
                .containsEntry(field, 7);
    }

    @ParameterizedTest
    @CsvSource({
        // operation, guard, the most that is allowed of 100 known people; empty where nothing is limited
        "SNAPSHOT, deactivations, 5",
        "SNAPSHOT, changes,",
        "SNAPSHOT, returns, 5",
        "SNAPSHOT, groupRemovals, 10",
        "CREATE_AND_UPDATE, deactivations, 5",
        "DEACTIVATE_AND_DELETE, deactivations,",
        "DEACTIVATE_AND_DELETE, returns, 5"
    })
    @DisplayName("of a file are careful where nothing is set")
    void defaults(ImportOperation operation, String kind, Integer most) {
        Guards guards = Guards.ofFile(operation, GuardLimits.UNSET, GuardLimits.UNSET);
        if (most == null) {
            assertThat(guards.refusal(impact(kind, 1_000_000))).isEmpty();
        } else {
            assertThat(guards.refusal(impact(kind, most))).isEmpty();
            assertThat(guards.refusal(impact(kind, most + 1))).isPresent();
        }
    }

    @ParameterizedTest
    @CsvSource({"deactivations", "changes", "returns", "groupRemovals"})
    @DisplayName("of a file are those of its metadata, if there are any")
    void metadata(String kind) {
        Guards guards = Guards.ofFile(ImportOperation.SNAPSHOT, all("9"), all("1"));
        assertThat(guards.refusal(impact(kind, 9))).isEmpty();
        Problem problem = guards.refusal(impact(kind, 10)).orElseThrow();
        assertThat(problem.more()).containsEntry("limitSetBy", "metadata");
        assertThat(problem.detail()).contains("the file's metadata max-", "with a higher one");
    }

    @Test
    @DisplayName("of a call limit its deactivations alone")
    void ofCall() {
        Guards guards = Guards.ofCall(ImportOperation.CREATE_AND_UPDATE, Limit.parse("3"));
        assertThat(guards.refusal(impact("deactivations", 3))).isEmpty();
        assertThat(guards.refusal(impact("deactivations", 4)))
                .get()
                .extracting(Problem::detail)
                .asString()
                .contains("raise that setting");
        for (String kind : List.of("changes", "returns", "groupRemovals")) {
            assertThat(guards.refusal(impact(kind, 1_000_000))).isEmpty();
        }
    }

    @Test
    @DisplayName("of a payload and of the settings both apply")
    void both() {
        Guards settings = Guards.ofCall(ImportOperation.CREATE_AND_UPDATE, Limit.parse("3"));
        Guards payload = Guards.ofSource(Limit.parse("2").orElseThrow(), Limit.NONE);
        assertThat(settings.refusal(payload, impact("deactivations", 2))).isEmpty();
        assertThat(settings.refusal(payload, impact("deactivations", 3))
                        .orElseThrow()
                        .more())
                .containsEntry("limitSetBy", "payload");
        assertThat(settings.refusal(payload, impact("deactivations", 4))
                        .orElseThrow()
                        .more())
                .containsEntry("limitSetBy", "setting");
    }

    @Test
    @DisplayName("count one person as one, and ask whether a smaller export is complete")
    void words() {
        Guards none = fromSettings("0");
        String one = none.refusal(impact("deactivations", 1)).orElseThrow().detail();
        assertThat(none.refusal(impact("deactivations", 1)).orElseThrow().more())
                .containsEntry("people", 90)
                .containsEntry("peopleBefore", 100);
        assertThat(one).startsWith("1 person would be deactivated").contains("has 90 people, the last had 100");
        Guards.Impact same = new Guards.Impact(OptionalInt.of(90), 90, 2, 0, 0, List.of());
        assertThat(none.refusal(same).orElseThrow().detail())
                .startsWith("2 people would be deactivated")
                .doesNotContain("is the export complete");
    }

    @Test
    @DisplayName("count the groups that would lose too many, and name the first")
    void groups() {
        Guards half = Guards.ofFile(ImportOperation.SNAPSHOT, GuardLimits.UNSET, GuardLimits.UNSET);
        List<GroupRemovals> removals = List.of(removals("a", 2, 4), removals("b", 3, 4), removals("c", 9, 10));
        Problem problem = half.refusal(removals).orElseThrow();
        assertThat(problem.detail()).startsWith("3 of 4 members would be removed from the group b; at most 2 may be");
        assertThat(problem.detail()).contains(" 1 more group would lose too many as well.");
        assertThat(problem.more()).containsEntry("groupsCount", 2).containsEntry("groupMembers", 4);
        GroupRemovals other = removals("d", 9, 10);
        assertThat(detail(half, List.of(other, other, other))).contains(" 2 more groups ");
        assertThat(detail(half, List.of(other))).doesNotContain("more group");
        GroupRemovals unprintable = removals("d\ne", 9, 10);
        assertThat(detail(half, List.of(unprintable))).contains("from the group; at most");
        // Five in all are always allowed.
        assertThat(half.refusal(List.of(removals("a", 4, 4), removals("b", 1, 1))))
                .isEmpty();
        assertThat(half.refusal(List.of(removals("a", 4, 4), removals("b", 2, 4))))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // limit | members who leave, of 20 | others | what stops it
                "7,50% | 6 | 1 |",
                "7,50% | 6 | 2 | 8 members would be removed from the group a; at most 7 may be",
                "7 | 0 | 8 | 8 members would be removed from the group a; at most 7 may be",
                "7 | 8 | 2 | 8 of 20 members would be removed from the group a; at most 7 may be",
                "50% | 10 | 90 |",
                "none | 10 | 90 |"
            })
    @DisplayName("limit all removals from a group by a number, and only those of its known members by a percentage")
    void strangers(String limit, int members, int others, String stop) {
        Guards guards = Guards.ofFile(ImportOperation.DEACTIVATE_AND_DELETE, all(limit), GuardLimits.UNSET);
        List<GroupRemovals> removals = List.of(new GroupRemovals("a", members, OptionalInt.of(20), others));
        assertThat(guards.refusal(removals).map(Problem::detail).orElse("")).startsWith(stop == null ? "" : stop);
        assertThat(guards.refusal(removals).isPresent()).isEqualTo(stop != null);
    }

    @Test
    @DisplayName("limit removals from a group of unknown size by a number, and by no percentage")
    void groupsOfUnknownSize() {
        List<GroupRemovals> removals = List.of(new GroupRemovals("a", 8, OptionalInt.empty()));
        Guards half = Guards.ofFile(ImportOperation.DEACTIVATE_AND_DELETE, GuardLimits.UNSET, GuardLimits.UNSET);
        assertThat(half.refusal(removals)).isEmpty();
        for (String limit : List.of("7", "7,50%")) {
            Guards seven = Guards.ofFile(ImportOperation.DEACTIVATE_AND_DELETE, all(limit), GuardLimits.UNSET);
            Problem problem = seven.refusal(removals).orElseThrow();
            assertThat(problem.detail()).startsWith("8 members would be removed from the group a; at most 7 may be");
            assertThat(problem.more()).containsEntry("removals", 8).doesNotContainKey("groupMembers");
        }
        Guards none = Guards.ofFile(ImportOperation.DEACTIVATE_AND_DELETE, all("none"), all("1"));
        assertThat(none.refusal(removals)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // the groups that lose too many, whether the first is named
        "ana@example.com, false",
        "ana@example.com a b, false",
        "ana@example.com bo@example.com cy@example.com, true",
        "a ana@example.com, true"
    })
    @DisplayName("name no group by what looks like an address, unless the others look like that")
    void addresses(String groups, boolean named) {
        List<GroupRemovals> removals = Stream.of(groups.split(" "))
                .map(group -> removals(group, 9, 10))
                .toList();
        Problem problem = fromSettings("3").refusal(removals).orElseThrow();
        String first = removals.get(0).group();
        assertThat(problem.detail().contains(first)).isEqualTo(named);
        assertThat(problem.more().containsKey("group")).isEqualTo(named);
    }

    private static String detail(Guards guards, List<GroupRemovals> removals) {
        return guards.refusal(removals).orElseThrow().detail();
    }
}
