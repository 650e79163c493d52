package dev.bulkuserimport.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkuserimport.rules.ImportOperation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The people of a state")
class PeopleTest {

    @Test
    @DisplayName("are all found again, however many there are and in however many parts they come")
    void found() throws IOException {
        People people = new People();
        for (int i = 0; i < 20_000; i++) {
            people.addUnknown("E-" + i);
        }
        People read = new People();
        read.add(people.stored());
        People more = new People();
        for (int i = 19_000; i < 21_500; i++) {
            more.addUnknown("E-" + i);
        }
        read.add(more.stored());
        assertThat(read.size()).isEqualTo(21_500);
        assertThat(read.active()).isEqualTo(21_500);
        for (int i = 0; i < 21_500; i++) {
            assertThat(read.see("E-" + i)).as("E-" + i).isNotEqualTo(People.NO_PERSON);
        }
        assertThat(read.see("E-21500")).isEqualTo(People.NO_PERSON);
        assertThat(read.unseen()).isEmpty();
        assertThat(read.storedBytes()).isEqualTo(read.stored().readAllBytes().length);
    }

    @Test
    @DisplayName("are none where the state was cut off, wherever that is")
    void cutOff() throws IOException {
        People people = new People();
        people.addUnknown("E-1");
        people.addUnknown("E-22");
        byte[] whole = people.stored().readAllBytes();
        for (int length = 1; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            People read = new People();
            try {
                read.add(new ByteArrayInputStream(part));
                assertThat(read.size()).as("the first entry was whole").isEqualTo(1);
            } catch (StreamCorruptedException e) {
                assertThat(e).hasMessageContaining("truncated");
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "a person's kind with what only an unknown one has, 014504",
        "a person's kind of a later version, 014580",
        "an unknown person who was what no one can be, 01451B",
        "an entry of a later version, 0009",
        "a group's status of a later version, 0001090167",
        "a group's ID that is longer than the state, 000100FFFFFFFF7F",
        "a person's ID that is longer than the state, FFFFFFFF7F45"
    })
    @DisplayName("are none where a part of the state is damaged:")
    void damaged(String how, String bytes) {
        byte[] part = HexFormat.of().parseHex(bytes);
        assertThatThrownBy(() -> new People().add(new ByteArrayInputStream(part)))
                .isInstanceOf(StreamCorruptedException.class);
    }

    @Test
    @DisplayName("include those whom a first snapshot leaves out, unless another row of theirs is in")
    void leftOut() throws IOException {
        SnapshotComparison snapshot = comparison(ImportOperation.SNAPSHOT, Optional.empty());
        snapshot.begin(0, 2);
        snapshot.leftOut(Optional.of("E-1"));
        snapshot.begin(1, 3);
        snapshot.leftOut(Optional.of("E-2"));
        snapshot.begin(2, 4);
        assertThat(snapshot.isToSend("E-2")).isTrue();
        snapshot.begin(3, 5);
        snapshot.leftOut(Optional.empty());
        People people = new People();
        people.add(new ByteArrayInputStream(snapshot.changes().take(1)));
        people.addIfMissing(snapshot.changes().leftOut());
        assertThat(people.size()).isEqualTo(2);
        assertThat(people.read(people.find("E-1")).kind()).isEqualTo(PersonEntry.Kind.UNKNOWN);
        assertThat(people.read(people.find("E-2")).kind()).isEqualTo(PersonEntry.Kind.ACTIVE);
    }

    @Test
    @DisplayName(
            "are active where Okta shows two users with one external ID, whichever it shows first, and their values unknown")
    void shownTwice() {
        for (boolean activeFirst : new boolean[] {true, false}) {
            ShownPeople shown = new ShownPeople(HashKey.generate());
            if (activeFirst) {
                shown.addActive("E-1", Map.of("userName", "a"));
            }
            shown.addInactive("E-1");
            if (!activeFirst) {
                shown.addActive("E-1", Map.of("userName", "a"));
            }
            shown.addActive("E-2", Map.of("userName", "b"));
            shown.addActive("E-2", Map.of("userName", "c"));
            shown.addInactive("E-3");
            People people = shown.people();
            assertThat(people.active()).isEqualTo(2);
            assertThat(people.read(people.find("E-1")).kind()).isEqualTo(PersonEntry.Kind.ACTIVE);
            assertThat(people.read(people.find("E-2")).kind()).isEqualTo(PersonEntry.Kind.UNKNOWN);
        }
    }

    @Test
    @DisplayName("tell how many of them a snapshot will probably hold, so that its tables are made once")
    void expected() {
        People people = new People();
        people.addUnknown("E-1");
        SnapshotComparison snapshot = comparison(ImportOperation.SNAPSHOT, Optional.of(people));
        assertThat(snapshot.expected()).isEqualTo(1);
        assertThat(comparison(ImportOperation.SNAPSHOT, Optional.empty()).expected())
                .isZero();
        assertThat(comparison(ImportOperation.CREATE_AND_UPDATE, Optional.of(people))
                        .expected())
                .isZero();
    }

    private static SnapshotComparison comparison(ImportOperation operation, Optional<People> known) {
        return new SnapshotComparison(
                operation,
                known,
                new PropertyNames(java.util.List.of()),
                HashKey.generate(),
                dev.bulkuserimport.plan.Guards.NONE,
                SnapshotTerms.PLAIN);
    }
}
