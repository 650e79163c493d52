package dev.bulkuserimport.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.base.Sha256;
import dev.bulkuserimport.s3.ObjectVersion;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A report's place")
class ReportPlaceTest {

    private static ObjectVersion object(String key, String versionId, String eTag, String sequencer) {
        return new ObjectVersion(
                "hr", key, Optional.ofNullable(versionId), Optional.ofNullable(eTag), Optional.ofNullable(sequencer));
    }

    @ParameterizedTest
    @CsvSource({
        "v1, e1, 00A, hr, reports/in/a.csv.v1.json",
        "null, e1, 00A, hr, reports/in/a.csv.e1.00A.json",
        ", \"e1\", , hr, reports/in/a.csv.e1.json",
        ", e1, 00A, reports-bucket, reports/hr/in/a.csv.e1.00A.json",
        "v1, , , reports-bucket, reports/hr/in/a.csv.v1.json"
    })
    @DisplayName("tells versions, writes and buckets apart")
    void keys(String versionId, String eTag, String sequencer, String bucket, String key) {
        ReportPlace place = ReportPlace.of(object("in/a.csv", versionId, eTag, sequencer), bucket);
        assertThat(place.key()).isEqualTo(key);
        assertThat(place.bucket()).isEqualTo(bucket);
        assertThat(place.beside(".html").key()).isEqualTo(key.replaceAll("json$", "html"));
    }

    @ParameterizedTest
    @CsvSource({"a, 2000", "ü, 900", "漢, 500", "🙂, 300"})
    @DisplayName("fits into S3's 1,024 bytes, with the whole key's hash for what is cut off")
    void long_(String character, int times) {
        String key = character.repeat(times);
        ReportPlace place = ReportPlace.of(object(key + "1.csv", "v", null, null), "hr");
        ReportPlace other = ReportPlace.of(object(key + "2.csv", "v", null, null), "hr");
        assertThat(place.key().getBytes(StandardCharsets.UTF_8).length).isBetween(1020, 1024);
        assertThat(place.key()).matches("reports/.*~[0-9a-f]{64}\\.json").isNotEqualTo(other.key());
        assertThat(place.key()).contains(Sha256.hex("reports/" + key + "1.csv.v.json"));
        String rows = place.beside(".rejected.csv").key();
        assertThat(rows.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(1024);
        assertThat(rows).endsWith(".rejected.csv");
    }

    @Test
    @DisplayName("is found by the import's id")
    void importId() {
        ObjectVersion object = object("in/a.csv", "v1", null, null);
        ImportId id = ImportId.of(object, "my.report-bucket");
        assertThat(ImportId.parse(id.toString())).contains(id);
        assertThat(ImportId.of(object("in/a.csv", "v2", null, null), "my.report-bucket"))
                .isNotEqualTo(id);
        assertThat(ImportId.parse("nothing")).isEmpty();
        assertThat(ImportId.parse("../../" + id)).isEmpty();
    }
}
