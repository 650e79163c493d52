package dev.bulkuserimport.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Rejected records")
class RejectionsTest {

    @ParameterizedTest
    @CsvSource({
        // errors, characters of each, how many a report has
        "10000, 700, 10000",
        "40000, 700, 11428",
        "100000, 50, 100000",
        "0, 1, 0"
    })
    @DisplayName("are bounded by what a report has room for, and their numbers stay")
    void bounded(int count, int length, int kept) {
        List<RecordError> errors = IntStream.range(0, count)
                .mapToObj(i -> new RecordError(i, 0, Optional.empty(), Optional.empty(), "x".repeat(length)))
                .toList();
        Rejections bounded = new Rejections(count, 2, 3, count, errors, List.of(), false).bounded();
        assertThat(bounded.errors()).hasSize(kept);
        assertThat(bounded.records()).isEqualTo(count);
        assertThat(bounded.users()).isEqualTo(count - 5);
        assertThat(bounded.errorCount()).isEqualTo(count);
    }
}
