package dev.bulkuserimport.plan;

import dev.bulkuserimport.base.ByteChunks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;

/** For some groups their members, each person's external ID and place kept once: no object for a person, nor for a membership. */
final class MemberTable {

    private final Map<String, Numbers> groups = new LinkedHashMap<>();
    private final ByteChunks ids = new ByteChunks();
    private final Numbers ends = new Numbers();
    private final Numbers places = new Numbers();

    /** Adds a person to some groups. */
    void add(String externalId, int place, List<String> toGroups) {
        if (toGroups.isEmpty()) {
            return;
        }
        byte[] id = externalId.getBytes(StandardCharsets.UTF_8);
        ids.write(id, 0, id.length);
        ends.add(ids.size());
        places.add(place);
        for (String group : toGroups) {
            groups.computeIfAbsent(group, any -> new Numbers()).add(places.size - 1);
        }
    }

    /** Hands over the groups with their members, in the order in which the groups came. */
    void addTo(MembershipCutter cutter) throws IOException {
        for (Map.Entry<String, Numbers> group : groups.entrySet()) {
            Numbers members = group.getValue();
            cutter.add(group.getKey(), new Ids(members), member -> places.get(members.get(member)), false);
        }
    }

    private String id(int person) {
        int from = person == 0 ? 0 : ends.get(person - 1);
        try (var id = ids.stream(from, ends.get(person) - from)) {
            return new String(id.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The external IDs of some people, each made when it is asked for. */
    private final class Ids extends AbstractList<String> implements RandomAccess {
        private final Numbers people;

        Ids(Numbers people) {
            this.people = people;
        }

        @Override
        public String get(int index) {
            return id(people.get(index));
        }

        @Override
        public int size() {
            return people.size;
        }
    }

    /** A list of numbers. */
    private static final class Numbers {
        private int[] numbers = new int[4];
        private int size;

        void add(int number) {
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * size);
            }
            numbers[size++] = number;
        }

        int get(int index) {
            return numbers[index];
        }
    }
}
