package dev.bulkuserimport.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.problem.NotImported;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A session of a file")
class FileSessionTest {

    private static final SessionLife SENT =
            new SessionLife.Done("aps1", Instant.EPOCH, "COMPLETED", 3, Instant.EPOCH.plusSeconds(9));

    /** @param content its users, memberships and, where the report has them, the members between which a membership was split */
    private static FileSession session(String content) {
        int[] counts = Stream.of(content.split(" ")).mapToInt(Integer::parseInt).toArray();
        Optional<NotImported.MemberRange> members =
                counts.length > 2 ? Optional.of(new NotImported.MemberRange(counts[2], counts[3])) : Optional.empty();
        return new FileSession(
                1,
                counts[0],
                0,
                2,
                0,
                2,
                counts[1] > 0 ? Optional.of(new GroupsOfSession(0, 0, 0, counts[1], 0, 0, members)) : Optional.empty(),
                Optional.empty(),
                new SessionLife.Planned());
    }

    @ParameterizedTest
    @CsvSource({
        // the session as the report has it, and as it is planned now
        "3 0,     3 0,     true",
        "3 0,     4 0,     false",
        "3 0,     3 5,     false",
        "3 5 0 4, 3 5 0 4, true",
        "3 5 0 4, 3 5 1 5, false",
        "3 5 0 4, 3 5,     false",
        // stored before reports had members
        "3 5,     3 5 0 4, true",
        "3 5,     3 6 0 5, false"
    })
    @DisplayName("is cut like another plan of it by its content alone, as far as the report says it")
    void isCutLike(String stored, String now, boolean same) {
        FileSession sent = session(stored).with(SENT).sealed(Optional.of("an earlier seal"));
        assertThat(sent.isCutLike(session(now))).isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource({
        "3 0,   3 users",
        "1 5,   '1 user, 5 memberships'",
        // no user, so none is mentioned beside what there is
        "0 5,   5 memberships",
        "0 0,   0 users"
    })
    @DisplayName("says what it holds, of each kind")
    void content(String session, String content) {
        assertThat(String.join(", ", session(session).content())).isEqualTo(content);
    }
}
