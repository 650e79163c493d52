package dev.bulkuserimport.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.plan.FileNotes;
import dev.bulkuserimport.plan.Rejections;
import dev.bulkuserimport.report.FileReport;
import dev.bulkuserimport.report.FileSession;
import dev.bulkuserimport.report.ImportId;
import dev.bulkuserimport.report.ReadFile;
import dev.bulkuserimport.report.SessionLife;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.s3.ObjectVersion;
import dev.bulkuserimport.support.Sessions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("How far a file is, as the log says it,")
class ProgressTest {

    private static final ObjectVersion SOURCE =
            new ObjectVersion("hr", "imports/a.csv", Optional.empty(), Optional.of("e1"), Optional.empty());
    private static final ImportId ID = ImportId.of(SOURCE, "hr");

    /** A file of sessions with so many users each, of which the first ones are with Okta; the first one was created some time ago. */
    private static FileReport report(List<Integer> users, int sent, long secondsAgo) {
        int all = users.stream().mapToInt(Integer::intValue).sum();
        List<FileSession> sessions = new ArrayList<>();
        for (int number = 1; number <= users.size(); number++) {
            FileSession session = Sessions.planned(number, users.get(number - 1), 0, 1, 0, 0);
            sessions.add(
                    number <= sent
                            ? session.with(new SessionLife.Started(
                                    "aps" + number,
                                    Instant.now().minusSeconds(secondsAgo),
                                    "TRIGGERED",
                                    session.users()))
                            : session);
        }
        FileReport report = FileReport.of(ID, SOURCE, Instant.now());
        return report.withKnown(report.known()
                        .naming(Optional.of("0oa1"), Optional.of(ImportOperation.CREATE_AND_UPDATE))
                        .read(
                                new ReadFile(Optional.empty(), false, all + 3, 0, all, 0, 0, 0, 0, 0, FileNotes.NONE),
                                new Rejections(3, 0, 0, 3, List.of(), List.of(), true)))
                .withSessions(sessions);
    }

    @Test
    @DisplayName("begins with what was planned")
    void planned() {
        assertThat(Progress.planned(report(List.of(10_000, 2_345), 0, 0)))
                .isEqualTo("planned importId=" + ID + " applicationId=0oa1 sessions=2 users=12345 rejected=3");
    }

    @Test
    @DisplayName("is a session's number, the users so far, and whose it is")
    void session() {
        assertThat(Progress.of(report(List.of(10_000, 2_345), 1, 60), 1))
                .isEqualTo(
                        "session 1 of 2, 10,000 of 12,345 users importId=" + ID + " applicationId=0oa1 sessionId=aps1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // sessions | with Okta | seconds since the first | what is left
                "4 | 1 | 600 | 10,000 of 40,000 users importId",
                "4 | 2 | 600 | 20,000 of 40,000 users, about 20 minutes left",
                "4 | 3 | 600 | 30,000 of 40,000 users, about 5 minutes left",
                "4 | 4 | 600 | 40,000 of 40,000 users importId",
                "3 | 2 | 40 | 20,000 of 30,000 users, about 4[0-3] seconds left",
                "3 | 2 | 95 | 20,000 of 30,000 users, about 2 minutes left"
            })
    @DisplayName("tells the time that is left, from the second session on and not at the end")
    void timeLeft(int sessions, int sent, long seconds, String said) {
        FileReport report = report(java.util.Collections.nCopies(sessions, 10_000), sent, seconds);
        assertThat(Progress.of(report, sent)).containsPattern("^session " + sent + " of " + sessions + ", " + said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"7 | 7 of 7 users", "999 | 999 of 999 users", "1000 | 1,000 of 1,000", "1234567 | 1,234,567 of"})
    @DisplayName("sets thousands apart")
    void thousands(int users, String said) {
        assertThat(Progress.of(report(List.of(users), 1, 5), 1)).contains(", " + said);
    }

    @Test
    @DisplayName("has no session's ID where a report has lost it, and still a line")
    void lostId() {
        FileReport report = report(List.of(10, 10), 1, 5).with(1, new SessionLife.Planned());
        assertThat(Progress.of(report, 1))
                .startsWith("session 1 of 2, 0 of 20 users importId=")
                .endsWith("sessionId=");
    }
}
