package dev.bulkuserimport.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.base.PercentEncoding;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The page of a local import")
class LocalFileTest {

    @ParameterizedTest
    @ValueSource(strings = {"people.csv", "Our people & more $1 (März).csv", "people.ndjson"})
    @DisplayName("links to the report, the rejected rows and the file by their local names")
    void links(String name) {
        String before = name + ".e702727e.0000000000000001";
        String stored = PercentEncoding.of(before);
        String page = "<a href=\"./" + stored + ".rejected.csv\" download> <a href=\"../../../../imports/0oa/"
                + PercentEncoding.of(name) + "\" download> <a href=\"./" + stored + ".json\">";

        String local = "<a href=\"./" + PercentEncoding.of(name);
        assertThat(LocalFile.linked(page, before, name))
                .isEqualTo(local + ".rejected.csv\" download> " + local + "\" download> " + local + ".json\">");
    }
}
