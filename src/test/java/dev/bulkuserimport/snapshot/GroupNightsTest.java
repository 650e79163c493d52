package dev.bulkuserimport.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.plan.GroupRemovals;
import dev.bulkuserimport.plan.Guards;
import dev.bulkuserimport.plan.MembershipRecord;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.rules.Limit;
import dev.bulkuserimport.snapshot.KnownApplication.Result;
import dev.bulkuserimport.snapshot.KnownApplication.Row;
import dev.bulkuserimport.support.GuardLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Groups, night after night")
class GroupNightsTest {

    private final KnownApplication app = new KnownApplication().grouped();

    private static Row person(int number, String... groups) {
        return Row.of(number).in(groups);
    }

    private static List<Row> people(int from, int to, String... groups) {
        return new ArrayList<>(
                Row.of(from, to).stream().map(row -> row.in(groups)).toList());
    }

    @Test
    @DisplayName("send who has joined and who has left, and nothing else")
    void changes() {
        Result first = app.snapshot(List.of(person(1, "d1", "s1"), person(2, "d1"), person(3)));
        assertThat(first.groupsSent())
                .containsExactly(
                        "group d1=Group d1", "group s1=Group s1", "join d1/00001", "join d1/00002", "join s1/00001");
        assertThat(app.snapshot(List.of(person(1, "s1", "d1"), person(2, "d1"), person(3)))
                        .groupsSent())
                .isEmpty();

        Result moved = app.snapshot(List.of(person(1, "d2", "s1"), person(2, "d1"), person(3, "d1")));
        assertThat(moved.groupsSent())
                .containsExactly("group d2=Group d2", "join d2/00001", "join d1/00003", "leave d1/00001");
        assertThat(moved.outcome().summary().users()).isZero();
        assertThat(moved.counts().groups()).contains(new GroupCounts(1, 0, 0, 2, 1));
        assertThat(moved.csv().lines().skip(1))
                .containsExactly("00001,joined,,d2", "00001,left,,d1", "00003,joined,,d1");

        Result renamed = app.snapshot(List.of(person(1, "d2", "s1"), person(2, "d1/New"), person(3, "d1")));
        assertThat(renamed.groupsSent()).containsExactly("group d1=New");
        assertThat(renamed.outcome().summary().namedOtherwise()).isEqualTo(1);
        assertThat(app.snapshot(List.of(person(1, "d2", "s1"), person(2, "d1/New"), person(3, "d1/New")))
                        .groupsSent())
                .isEmpty();
    }

    @Test
    @DisplayName(
            "are sent again for someone who is back, though another file put them into a group while they were away")
    void joinedWhileAway() {
        app.snapshot(List.of(person(1, "d1"), person(2, "d1"), person(3, "d1")));
        app.snapshot(List.of(person(3, "d1")));
        app.joining(List.of(
                new MembershipRecord(0, Optional.of("d2"), List.of(Row.id(1), Row.id(3)), List.of()),
                new MembershipRecord(1, Optional.of("d3"), List.of(Row.id(2)), List.of())));
        assertThat(app.snapshot(List.of(person(1, "d1", "d2"), person(2, "d1"), person(3, "d1", "d2")))
                        .groupsSent())
                .containsExactly(
                        "group d2=Group d2", "join d1/00001", "join d1/00002", "join d2/00001", "leave d3/00002");
    }

    @Test
    @DisplayName("are left as they are by a mapping that makes none, and by rows that are skipped or rejected")
    void kept() {
        app.skipping().snapshot(List.of(person(1, "d1"), person(2, "d1"), person(3, "d1"), person(4, "d1")));
        assertThat(app.ungrouped().snapshot(people(1, 4)).groupsSent()).isEmpty();
        Result result = app.grouped()
                .snapshot(List.of(
                        person(1, "d2"),
                        Row.onboarding(Row.id(2)),
                        Row.active(Row.id(3), "not an address ").in("d3"),
                        person(4, "d1")));
        assertThat(result.groupsSent()).containsExactly("group d2=Group d2", "join d2/00001", "leave d1/00001");
        assertThat(app.snapshot(List.of(person(1, "d2"), person(2, "d1"), person(3, "d1"), person(4, "d1")))
                        .groupsSent())
                .isEmpty();
    }

    @Test
    @DisplayName("lose whoever is gone without a word, and take everybody back who returns, as if nothing were known")
    void leavers() {
        app.snapshot(List.of(person(1, "d1", "s1"), person(2, "d1"), person(3, "d1")));
        assertThat(app.snapshot(List.of(person(2, "d1"), person(3, "d1"))).groupsSent())
                .isEmpty();
        assertThat(app.snapshot(List.of(person(1, "d1", "x"), person(2, "d1"), person(3, "d1")))
                        .groupsSent())
                .containsExactly("group x=Group x", "join d1/00001", "join x/00001", "leave s1/00001");
        assertThat(app.snapshot(List.of(person(1, "d1", "x"), person(2, "d1"), person(3, "d1")))
                        .groupsSent())
                .isEmpty();
        Result terminated =
                app.snapshot(List.of(Row.terminated(Row.id(1), Row.login(1)), person(2, "d1"), person(3, "d1")));
        assertThat(terminated.groupsSent()).isEmpty();
        assertThat(app.snapshot(List.of(person(1, "d1", "x"), person(2, "d1"), person(3, "d1")))
                        .groupsSent())
                .containsExactly("join d1/00001", "join x/00001");
    }

    @Test
    @DisplayName("stay when no one is in them, unless the mapping deletes them")
    void gone() {
        app.snapshot(List.of(person(1, "d1"), person(2, "d2"), person(3, "d3")));
        assertThat(app.snapshot(List.of(person(1), person(2, "d2"), person(3, "d3")))
                        .groupsSent())
                .containsExactly("leave d1/00001");

        app.deletingGroups();
        Result deleted = app.skipping().grace(2).snapshot(List.of(person(1), Row.onboarding(Row.id(2)), person(4)));
        assertThat(deleted.groupsSent()).as("2 is skipped, 3 only missing").containsExactly("delete d1");
        assertThat(deleted.counts().groups()).contains(new GroupCounts(0, 0, 1, 0, 0));
        Result rejected = app.later(Duration.ofDays(1))
                .snapshot(List.of(
                        person(1),
                        person(2),
                        Row.active(Row.id(4), "not an address ").in("d2")));
        assertThat(rejected.groupsSent())
                .as("3 is gone, and d2 named by a rejected row")
                .containsExactly("leave d2/00002", "delete d3");
        assertThat(app.snapshot(List.of(person(1, "d1"), person(2), person(4, "d3")))
                        .groupsSent())
                .containsExactly(
                        "group d1=Group d1", "group d3=Group d3", "join d1/00001", "join d3/00004", "delete d2");
    }

    @Test
    @DisplayName("are unknown after a session that ended in an error: sent again, or taken back")
    void inDoubt() {
        app.snapshot(List.of(person(1, "d1"), person(2, "d1"), person(3, "d1")));
        app.failing(List.of(person(1, "d2"), person(2, "d1/Other"), person(3, "d1/Other")));
        Result again = app.snapshot(List.of(person(1, "d1"), person(2, "d1"), person(3, "d1")));
        assertThat(again.groupsSent()).containsExactly("group d1=Group d1", "join d1/00001", "leave d2/00001");
        assertThat(app.snapshot(List.of(person(1, "d1"), person(2, "d1"), person(3, "d1")))
                        .groupsSent())
                .isEmpty();
        app.deletingGroups().failing(List.of(person(1), person(2), person(3)));
        assertThat(app.snapshot(List.of(person(1, "d1"), person(2), person(3))).groupsSent())
                .containsExactly("group d1=Group d1", "join d1/00001", "leave d1/00002", "leave d1/00003", "delete d2");
    }

    @Test
    @DisplayName("are joined anew by a person who may have been deactivated")
    void perhapsDeactivated() {
        app.snapshot(List.of(person(1, "d1"), person(2, "d1"), person(3, "d1")));
        app.failing(List.of(person(2, "d1"), person(3, "d1")));
        assertThat(app.snapshot(List.of(person(1, "d1"), person(2, "d1"), person(3, "d1")))
                        .groupsSent())
                .containsExactly("join d1/00001");
    }

    @Test
    @DisplayName("of which one would lose more than half stop the file; few removals never do")
    void guarded() {
        List<Row> all = people(1, 20, "big");
        all.addAll(people(21, 30, "small"));
        all.addAll(people(31, 40, "others"));
        app.snapshot(all);

        List<Row> few = people(1, 20, "big");
        few.addAll(people(21, 25));
        few.addAll(people(26, 30, "small"));
        few.addAll(people(31, 40, "others"));
        Result five = app.snapshot(few);
        assertThat(five.isRefused() ? five.said() : "").isEmpty();
        assertThat(five.groupsSent()).as("five removals").hasSize(5);

        List<Row> many = people(1, 9, "big");
        many.addAll(people(10, 25));
        many.addAll(people(26, 30));
        many.addAll(people(31, 40));
        Result stopped = app.snapshot(many);
        assertThat(stopped.said())
                .contains("11 of 20 members would be removed from the group big; at most 10 may be")
                .contains("IMPORT_MAX_GROUP_REMOVALS 50%", "2 more groups would lose too many", "max-group-removals")
                .contains("limit=groupRemovals", "removals=11", "maxGroupRemovals=10", "groupsCount=3");

        List<Row> gone = people(1, 20, "big");
        gone.addAll(people(26, 30, "small"));
        assertThat(app.unguarded().snapshot(gone).isRefused()).isFalse();
        List<Row> left = people(1, 20);
        left.addAll(people(26, 30, "small"));
        assertThat(app.guarded().snapshot(left).said()).contains("20 of 20 members");
        assertThat(app.unguarded().snapshot(left).groupsSent()).hasSize(20);
    }

    @Test
    @DisplayName("are counted where a guard stops the file too")
    void countedWhenStopped() {
        app.deletingGroups().snapshot(people(1, 20, "dept-10"));
        Result stopped = app.snapshot(people(1, 20, "d-10"));
        assertThat(stopped.isRefused()).isTrue();
        assertThat(stopped.counts().groups()).contains(new GroupCounts(1, 0, 1, 20, 20));
        assertThat(app.unguarded().snapshot(people(1, 20, "d-10/Renamed")).groupsSent())
                .startsWith("group d-10=Renamed")
                .endsWith("delete dept-10");
    }

    @Test
    @DisplayName("have the same guard where a file removes members itself, with what the state knows of their size")
    void removed() {
        List<Row> all = people(1, 20, "big");
        all.addAll(people(21, 23, "small"));
        app.snapshot(all);
        List<MembershipRecord> eleven = List.of(removal("big", 1, 11), removal("new", 1, 20));
        Result stopped = app.removing(eleven, List.of());
        assertThat(stopped.said())
                .contains("11 of 20 members would be removed from the group big; at most 10 may be")
                .contains("groupsCount=1");
        assertThat(stopped.csv()).contains("00001,left,,big");
        assertThat(app.removing(List.of(removal("big", 1, 10)), List.of()).isRefused())
                .isFalse();
        assertThat(app.removing(List.of(removal("small", 21, 23)), List.of()).isRefused())
                .as("three removals")
                .isFalse();
        assertThat(app.removing(List.of(removal("big", 11, 20)), people(11, 15)).isRefused())
                .as("all members, of whom five stay")
                .isFalse();
    }

    @Test
    @DisplayName("count only members in that guard, not whom the state knows as inactive or as never in the group")
    void removedStrangers() {
        List<Row> all = people(1, 12, "team");
        all.addAll(people(13, 24));
        app.snapshot(all);
        List<Row> later = people(1, 8, "team");
        for (int number = 9; number <= 12; number++) {
            later.add(Row.terminated(Row.id(number), Row.login(number)));
        }
        later.addAll(people(13, 24));
        app.snapshot(later);
        Result strangers = app.removing(List.of(removal("team", 9, 30)), List.of());
        assertThat(strangers.isRefused()).as("no one is in it").isFalse();
        assertThat(strangers.csv()).contains("00009,left,,team").contains("00030,left,,team");
        assertThat(app.removing(List.of(removal("team", 3, 30)), List.of()).said())
                .contains("6 of 8 members would be removed from the group team; at most 4 may be");
    }

    private static MembershipRecord removal(String group, int from, int to) {
        return new MembershipRecord(
                0, Optional.of(group), Row.of(from, to).stream().map(Row::id).toList(), List.of());
    }

    @Test
    @DisplayName("don't count whom the same import deactivates")
    void deactivated() {
        List<Row> all = people(1, 200, "all");
        all.addAll(people(201, 208, "team"));
        app.snapshot(all);
        assertThat(app.snapshot(people(1, 200, "all")).isRefused()).isFalse();
    }

    @Test
    @DisplayName("are joined, and never left, by a file that creates and updates")
    void createAndUpdate() {
        app.snapshot(List.of(person(1, "d1"), person(2, "d1"), person(3, "d1")));
        assertThat(app.createAndUpdate(List.of(person(1, "d2"))).groupsSent())
                .containsExactly("group d2=Group d2", "join d2/00001");
        assertThat(app.snapshot(List.of(person(1, "d2"), person(2, "d1"), person(3, "d1")))
                        .groupsSent())
                .containsExactly("leave d1/00001");
    }

    @Test
    @DisplayName("take seven bytes a person in the state for three of them")
    void compact() {
        app.snapshot(people(1, 1_000));
        long before = app.people().storedBytes();
        app.snapshot(people(1, 1_000, "d1", "s1", "all"));
        assertThat(app.people().storedBytes() - before).isBetween(6_000L, 6_000L + 200);
    }

    private static GroupRemovals removals(String group, int removed, int members) {
        return new GroupRemovals(group, removed, OptionalInt.of(members));
    }

    private static Guards.Impact impact(GroupRemovals... groups) {
        return new Guards.Impact(OptionalInt.of(200), 200, 0, 0, 0, List.of(groups));
    }

    @Test
    @DisplayName("have limits of their own")
    void limits() throws IOException {
        Guards none = Guards.ofFile(
                ImportOperation.SNAPSHOT,
                new Guards.Limits(Optional.empty(), Optional.empty(), Optional.empty(), Limit.parse("none")),
                GuardLimits.UNSET);
        assertThat(none.refusal(impact(removals("g", 100, 100)))).isEmpty();
        Guards three = Guards.ofFile(
                ImportOperation.SNAPSHOT,
                GuardLimits.UNSET,
                new Guards.Limits(Optional.empty(), Optional.empty(), Optional.empty(), Limit.parse("3")));
        assertThat(three.refusal(impact(removals("a", 3, 100), removals("b", 4, 100))))
                .hasValueSatisfying(problem -> assertThat(problem.detail())
                        .startsWith("4 of 100 members would be removed from the group b; at most 3"));
    }
}
