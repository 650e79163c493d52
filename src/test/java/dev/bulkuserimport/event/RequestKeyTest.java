package dev.bulkuserimport.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.bulkuserimport.problem.ProblemException;
import java.time.Duration;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A request's key")
class RequestKeyTest {

    @ParameterizedTest
    @ValueSource(strings = {RequestKey.HEADER, PayloadKey.FIELD})
    @DisplayName("is named in each problem as the caller gave it, and never quoted")
    void named(String field) {
        RequestKey key = new RequestKey(field, "k".repeat(255));
        assertThat(key.checked()).isEqualTo(key);
        assertThat(key).hasToString(field);
        assertThat(key.usedByAnother().detail()).startsWith(field).doesNotContain("kk");
        assertThat(key.stillAtWork(new KeptAnswers.Taken.AtWork(Duration.ofSeconds(1)))
                        .detail())
                .contains(field)
                .doesNotContain("kk");
        for (String wrong : new String[] {"", "  ", "k".repeat(256)}) {
            assertThatThrownBy(() -> new RequestKey(field, wrong).checked())
                    .asInstanceOf(type(ProblemException.class))
                    .extracting(e -> e.problem().document().toString(), InstanceOfAssertFactories.STRING)
                    .contains("field=" + field)
                    .doesNotContain("kk");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {RequestKey.HEADER, PayloadKey.FIELD})
    @DisplayName("that another request has used is 422, in the document and over HTTP")
    void another(String field) {
        RequestKey key = new RequestKey(field, "k1");
        assertThat(key.usedByAnother().document()).containsEntry("status", 422);
        assertThat(key.usedByAnother().document().get("errors").toString()).contains("field=" + field);
        assertThat(HttpAnswer.problem(key.usedByAnother()).status()).isEqualTo(422);
    }
}
