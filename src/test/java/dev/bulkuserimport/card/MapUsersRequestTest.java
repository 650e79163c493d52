package dev.bulkuserimport.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonParser;
import dev.bulkuserimport.base.JsonInput;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A request to map users")
class MapUsersRequestTest {

    private static MapUsersRequest read(String body) throws IOException {
        try (JsonParser json = JsonInput.FACTORY.createParser(body.replace('\'', '"'))) {
            return MapUsersRequest.read(json, Optional.of("0oa1"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'externalIdKey':'id','users':[]} | INVALID_REQUEST | importOperation is missing",
                "{'importOperation':null,'externalIdKey':'id','users':[]} | INVALID_REQUEST | importOperation is missing",
                "{'importOperation':'x','externalIdKey':'id','users':[]} | INVALID_REQUEST | importOperation must be",
                "{'importOperation':'upsert','externalIdKey':'id','users':[]} {'users':[{}]} | MALFORMED_PAYLOAD | text after the end",
                "{'importOperation':'upsert','externalIdKey':'id','users':[]} 7 | MALFORMED_PAYLOAD | text after the end",
                "[{'importOperation':'upsert'}] | MALFORMED_PAYLOAD | must be a JSON object (line 1, column 1)",
                "null | MALFORMED_PAYLOAD | must be a JSON object (line 1, column 1)"
            })
    @DisplayName("that is wrong is told what is wrong")
    void wrong(String body, ProblemType type, String said) {
        Problem problem =
                catchThrowableOfType(ProblemException.class, () -> read(body)).problem();
        assertThat(problem.type()).isEqualTo(type);
        assertThat(problem.detail()).contains(said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'importOperation':'upsert','externalIdKey':'id','users':[]}",
                "{'importOperation':'upsert','externalIdKey':'id','mapping':null,'users':null} "
            })
    @DisplayName("may have members that are null")
    void right(String body) throws IOException {
        assertThat(read(body).externalIdKey()).contains("id");
    }
}
