package dev.bulkuserimport.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.support.Schemas;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Suggestions")
class SuggestionsTest {

    @Test
    @DisplayName("are made for the first 100 names of a file, whatever these are looked up in, and for no more")
    void bounded() {
        Suggestions suggestions = new Suggestions();
        ApplicationSchema schema = Schemas.of(Map.of("badge", Schemas.property("Badge", "string")), Set.of());
        for (int i = 0; i < Suggestions.MOST / 2; i++) {
            assertThat(suggestions.in(schema, "badgge" + i % 10)).isEqualTo("; did you mean badge?");
            assertThat(suggestions.among(List.of("badge"), "badgge" + i % 10)).isEqualTo("; did you mean badge?");
        }
        assertThat(suggestions.in(schema, "badgge")).isEmpty();
        assertThat(suggestions.among(List.of("badge"), "badgge")).isEmpty();
        assertThat(new Suggestions().in(schema, "somethingElse")).isEmpty();
    }
}
