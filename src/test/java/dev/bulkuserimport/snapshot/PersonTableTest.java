package dev.bulkuserimport.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.base.ByteChunks;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PersonTableTest {

    private final ByteChunks entries = new ByteChunks();
    private final PersonTable table = new PersonTable(entries, new Memberships(entries));

    @Test
    @DisplayName("finds people in a few steps, whatever external IDs someone chooses")
    void collidingIds() {
        // "Aa" and "BB" have the same hash in Arrays.hashCode and String.hashCode, and so have all texts made of them.
        for (int i = 0; i < 1 << 14; i++) {
            StringBuilder id = new StringBuilder();
            for (int bit = 0; bit < 14; bit++) {
                id.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            add(id.toString());
        }
        assertThat(table.size()).isEqualTo(1 << 14);
        assertThat(longestRun()).as("the most entries that a search examines").isLessThan(500);
    }

    private void add(String externalId) {
        int entry = entries.size();
        PersonEntry.write(entries, externalId, PersonEntry.Kind.UNKNOWN);
        table.makeRoom(1);
        table.put(table.number(externalId.getBytes(StandardCharsets.UTF_8)), entry);
    }

    private int longestRun() {
        int longest = 0;
        int run = 0;
        int before = People.NO_PERSON;
        for (int person = table.next(0); person != People.NO_PERSON; person = table.next(person + 1)) {
            run = person == before + 1 ? run + 1 : 1;
            longest = Math.max(longest, run);
            before = person;
        }
        return longest;
    }
}
