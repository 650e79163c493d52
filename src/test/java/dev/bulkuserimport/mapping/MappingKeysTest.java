package dev.bulkuserimport.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A file's mapping")
class MappingKeysTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "imports/0oa1/create-and-update/hr.csv | imports/0oa1/create-and-update/mapping.json imports/0oa1/mapping.json imports/mapping.json",
                "imports/hr.csv                        | imports/mapping.json",
                "tenants/a/imports/0oa1/hr.csv         | tenants/a/imports/0oa1/mapping.json tenants/a/imports/mapping.json",
                "imports/old/imports/hr.csv            | imports/old/imports/mapping.json",
                "hr/0oa1/hr.csv                        | hr/0oa1/mapping.json hr/mapping.json",
                "hr.csv                                | mapping.json",
            })
    @DisplayName("is in its folder or the nearest above, up to imports/")
    void candidates(String key, String candidates) {
        assertThat(MappingKeys.candidates(key)).isEqualTo(List.of(candidates.split(" ")));
    }

    @Test
    @DisplayName("is looked for however deep the file is")
    void deep() {
        List<String> candidates = MappingKeys.candidates("imports/" + "a/".repeat(100) + "hr.csv");
        assertThat(candidates).hasSize(101).endsWith("imports/mapping.json");
    }

    @ParameterizedTest
    @CsvSource({
        "mapping.json,true",
        "imports/0oa1/mapping.json,true",
        "imports/0oa1/my-mapping.json,false",
        "imports/mapping.json/hr.csv,false",
        "imports/Mapping.json,false"
    })
    @DisplayName("is never imported itself")
    void isMapping(String key, boolean mapping) {
        assertThat(MappingKeys.isMapping(key)).isEqualTo(mapping);
    }
}
