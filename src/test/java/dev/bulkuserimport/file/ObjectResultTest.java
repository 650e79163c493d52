package dev.bulkuserimport.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.report.FileReport;
import dev.bulkuserimport.report.FileState;
import dev.bulkuserimport.report.ImportId;
import dev.bulkuserimport.report.ReportPlace;
import dev.bulkuserimport.s3.ObjectVersion;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A notification's result")
class ObjectResultTest {

    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"COMPLETED, imported", "UNCONFIRMED, unconfirmed", "SUPERSEDED, superseded", "FAILED, failed"})
    @DisplayName("says how the import ended: one that Okta hasn't confirmed has not failed")
    void outcomes(FileState state, String outcome) {
        ObjectVersion object =
                new ObjectVersion("hr", "imports/a.csv", Optional.of("v1"), Optional.empty(), Optional.empty());
        FileReport report =
                FileReport.of(ImportId.of(object, "hr"), object, NOON).finished(state, NOON);
        assertThat(ObjectResult.of(report, ReportPlace.of(object, "hr")).members())
                .containsEntry("outcome", outcome);
    }
}
