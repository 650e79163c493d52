package dev.bulkuserimport.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.problem.NotImported;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What Okta accepted")
class ImportedTest {

    @ParameterizedTest
    @CsvSource({
        // the requests' outcomes, two users each | leavers at the end | users | of them deactivated
        "AAAA, 0, 8, 0",
        "AAAA, 2, 8, 2",
        "AAAN, 4, 6, 2",
        "AANN, 4, 4, 0",
        "NNAU, 4, 2, 2",
        "AAAA, 8, 8, 8"
    })
    @DisplayName("counts the people whom a mapping deactivates, in accepted requests only")
    void deactivated(String requests, int leavers, int users, int deactivated) throws IOException {
        List<Optional<NotImported.Outcome>> outcomes = requests.chars()
                .mapToObj(c -> switch (c) {
                    case 'A' -> Optional.<NotImported.Outcome>empty();
                    case 'U' -> Optional.of(NotImported.Outcome.UNKNOWN);
                    default -> Optional.of(NotImported.Outcome.NOT_SENT);
                })
                .toList();
        SessionPlan plan = RangesTest.plan(8, leavers);
        assertThat(Imported.of(plan, outcomes)).isEqualTo(new Imported(users, 0, 0));
        assertThat(Imported.deactivated(plan, outcomes)).isEqualTo(deactivated);
    }
}
