package dev.bulkuserimport.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A key's last segment")
class PartNameTest {

    @ParameterizedTest
    @CsvSource({
        "imports/0oa1/snapshot/part-00000-9c.csv, true",
        "imports/0oa1/snapshot/part-00000, true",
        "Part1.csv, true",
        "people_part_2.csv, true",
        "people-PART-3.csv.gz, true",
        "people.part12.json, true",
        "1-of-3.csv, true",
        "people_01_of_12.csv, true",
        "people-00001-of-00010.csv, true",
        "people-1-of-1.csv, false",
        "people-00001-of-00001.csv, false",
        "people-1_of-3.csv, false",
        "depart1.csv, false",
        "party.csv, false",
        "part.csv, false",
        "part-time.csv, false",
        "best-of-3.csv, false",
        "part-1/people.csv, false",
    })
    @DisplayName("says whether the object is a part of a larger one")
    void isPart(String key, boolean part) {
        assertThat(PartName.isPart(key)).isEqualTo(part);
    }
}
