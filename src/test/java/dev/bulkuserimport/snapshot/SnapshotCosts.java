package dev.bulkuserimport.snapshot;

import dev.bulkuserimport.base.ByteChunks;
import dev.bulkuserimport.cost.Input;
import dev.bulkuserimport.cost.Input.Sized;
import dev.bulkuserimport.snapshot.KnownApplication.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** What of the people of a state, and of the snapshots that are compared with it, can be made many. */
public final class SnapshotCosts implements Supplier<List<Input>> {

    private final List<Input> inputs = new ArrayList<>();

    @Override
    public List<Input> get() {
        states();
        nights();
        shown();
        return inputs;
    }

    /** A part of a state after a base. */
    private void state(
            String name, int smallest, boolean inDoubt, IntFunction<ByteChunks> base, IntFunction<ByteChunks> part) {
        inputs.add(new Input("state: " + name, smallest, n -> {
            ByteChunks first = base.apply(n);
            ByteChunks second = part.apply(n);
            return new Sized(first.size() + second.size(), () -> {
                People people = new People();
                people.add(first.stream());
                if (inDoubt) {
                    people.addUnknown(second.stream());
                } else {
                    people.add(second.stream());
                }
                return people.stored().readAllBytes();
            });
        }));
    }

    private static ByteChunks people(int count) {
        ByteChunks people = new ByteChunks();
        for (int i = 0; i < count; i++) {
            PersonEntry.write(people, "E-" + i, PersonEntry.Kind.UNKNOWN);
        }
        return people;
    }

    /** Groups, and of each some members. */
    private static ByteChunks memberships(ByteChunks part, int groups, int members) {
        for (int i = 0; i < groups; i++) {
            GroupEntry.writeGroup(part, "g" + i, GroupEntry.Status.KNOWN, i);
        }
        for (int i = 0; i < groups; i++) {
            GroupEntry.writeMembers(part, i, true, members);
            for (int member = 0; member < members; member++) {
                GroupEntry.text(part, "E-" + member);
            }
        }
        return part;
    }

    private static ByteChunks deletions(int groups) {
        ByteChunks part = new ByteChunks();
        for (int i = 0; i < groups; i++) {
            GroupEntry.writeGroup(part, "g" + i, GroupEntry.Status.DELETED, 0);
        }
        return part;
    }

    private void states() {
        state("people", 2_000, false, SnapshotCosts::people, n -> people(n / 2));
        state("people in doubt", 2_000, true, SnapshotCosts::people, n -> people(n / 2));
        state("groups", 1_000, false, n -> people(1), n -> memberships(new ByteChunks(), n, 0));
        state("groups of a person", 300, false, n -> people(1), n -> memberships(new ByteChunks(), n, 1));
        state("groups of a person in doubt", 300, true, n -> people(1), n -> memberships(new ByteChunks(), n, 1));
        state("members of a group", 1_000, false, SnapshotCosts::people, n -> memberships(new ByteChunks(), 1, n));
        state("deletions of groups in doubt", 300, true, n -> memberships(people(n), n, 1), SnapshotCosts::deletions);
    }

    /** Two nights, the second as the first was changed. */
    private void nights(String name, int smallest, IntFunction<List<Row>> first, IntFunction<List<Row>> second) {
        inputs.add(new Input("snapshot: " + name, smallest, n -> {
            List<Row> before = first.apply(n);
            List<Row> after = second.apply(n);
            long bytes = before.toString().length() + after.toString().length();
            return new Sized(bytes, () -> {
                KnownApplication app =
                        new KnownApplication().grouped().deletingGroups().unguarded();
                app.snapshot(before);
                return app.snapshot(after);
            });
        }));
    }

    private static Row inGroups(int number, int from, int to) {
        return Row.of(number)
                .in(IntStream.range(from, to).mapToObj(i -> "g" + i).toArray(String[]::new));
    }

    private static List<Row> people(int from, int to, String department) {
        List<Row> rows = new ArrayList<>();
        for (int i = from; i < to; i++) {
            rows.add(new Row(Row.id(i), Row.login(i), department, Row.Kind.ACTIVE));
        }
        return rows;
    }

    private void nights() {
        nights("people, unchanged", 400, n -> people(0, n, "a"), n -> people(0, n, "a"));
        nights("people, all changed", 400, n -> people(0, n, "a"), n -> people(0, n, "b"));
        nights("people, half of them gone", 400, n -> people(0, n, "a"), n -> people(0, n / 2, "a"));
        nights(
                "groups of one person, unchanged",
                200,
                n -> List.of(inGroups(1, 0, n)),
                n -> List.of(inGroups(1, 0, n)));
        nights("groups of one person, all left", 200, n -> List.of(inGroups(1, 0, n)), n -> List.of(inGroups(1, 0, 1)));
        nights("members of one group, moved to another", 400, n -> all(n, "a"), n -> all(n, "b"));
        nights("groups with a member each, gone", 400, SnapshotCosts::each, n -> people(0, n, "Sales"));
        nights("logins passed on in a row", 400, n -> people(0, n, "Sales"), n -> shifted(n, false));
        nights("logins passed on in a circle", 400, n -> people(0, n, "Sales"), n -> shifted(n, true));
        nights("logins of others, all of one person", 400, n -> people(0, n, "Sales"), n -> IntStream.range(0, n)
                .mapToObj(i -> Row.active(Row.id(i), i == 0 ? "other" : Row.login(0)))
                .toList());
    }

    private static List<Row> all(int count, String group) {
        return people(0, count, "Sales").stream().map(row -> row.in(group)).toList();
    }

    private static List<Row> each(int count) {
        return IntStream.range(0, count).mapToObj(i -> Row.of(i).in("g" + i)).toList();
    }

    private static List<Row> shifted(int count, boolean circle) {
        return IntStream.range(0, count)
                .mapToObj(i -> Row.active(Row.id(i), Row.login(circle ? (i + 1) % count : i + 1)))
                .toList();
    }

    /** People as Okta shows them. */
    private void shown() {
        inputs.add(new Input("Okta's application users: properties of one", 1_000, n -> {
            Map<String, String> profile = new LinkedHashMap<>();
            IntStream.range(0, n).forEach(i -> profile.put("p" + i, "v"));
            return shown(List.of(profile));
        }));
        inputs.add(new Input(
                "Okta's application users: one property of each",
                4_000,
                n -> shown(IntStream.range(0, n)
                        .mapToObj(i -> Map.of("p" + i, "v"))
                        .toList())));
    }

    private static Sized shown(List<Map<String, String>> profiles) {
        return new Sized(profiles.toString().length(), () -> {
            ShownPeople shown = new ShownPeople(HashKey.generate());
            for (int i = 0; i < profiles.size(); i++) {
                shown.addActive("E-" + i, profiles.get(i));
            }
            return shown.people().stored().readAllBytes();
        });
    }
}
