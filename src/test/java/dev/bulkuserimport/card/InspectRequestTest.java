package dev.bulkuserimport.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bulkuserimport.mapping.Mapping;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A request to inspect a file")
class InspectRequestTest {

    private static InspectRequest read(String body) {
        byte[] json = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return InspectRequest.read(factory -> factory.createParser(json), Optional.of("0oa1"));
    }

    private static InspectRequest with(String mapping) {
        return read("{'fileName':'a.csv','mapping':" + mapping + ",'content':'QQ=='}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'externalId':'ID','profile':{'title':null}} | mapping.profile.title",
                "{'externalId':'ID','skip':null} | mapping.skip",
                "{'externalId':'ID','externalId':'X'} | mapping.externalId",
                "{'externalId':'ID','profile':{'title':'T','title':'U'}} | mapping.profile.title",
                "{'externalId':'ID','file':{'skipLines':'1'}} | mapping.file.skipLines",
                "{'file':{'sheet':'a','sheet':'b'}} | mapping.file.sheet",
                "{'file':{'sheet':null}} | mapping.file.sheet",
                "{'file':{'skipLines':1.0}} | mapping.file.skipLines",
                "{'file':{'columns':1}} | mapping.file.columns",
                "'text' | mapping"
            })
    @DisplayName("has its mapping refused exactly where an import would refuse it")
    void mapping(String mapping, String field) {
        Problem problem = catchThrowableOfType(ProblemException.class, () -> with(mapping))
                .problem();
        assertThat(problem.type()).isEqualTo(ProblemType.INVALID_REQUEST);
        assertThat(problem.more().get("errors").toString()).contains("field=" + field + ",");
        String whole =
                mapping.replaceFirst("^\\{'file'", "{'externalId':'ID','file'").replace('\'', '"');
        assertThat(catchThrowableOfType(
                                ProblemException.class, () -> Mapping.parse(whole.getBytes(StandardCharsets.UTF_8)))
                        .problem()
                        .more())
                .isEqualTo(problem.more());
    }

    @Test
    @DisplayName("may say nothing of the mapping but how the file is read, or nothing at all")
    void layout() {
        assertThat(with("{'file':{'sheet':'People','skipLines':3}}").given().layout())
                .isEqualTo(Map.of("sheet", "People", "skipLines", 3));
        assertThat(with("{'file':{'sheet':'People'}}").given().mapping()).isEmpty();
        assertThat(with("null").given().mapping()).isEmpty();
        assertThat(with("{'externalId':'ID','file':{'sheet':'People'}}").given().mapping())
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "7", "'x'", " "})
    @DisplayName("of another shape is malformed, as for an import, and says where")
    void shape(String body) {
        Problem problem =
                catchThrowableOfType(ProblemException.class, () -> read(body)).problem();
        assertThat(problem.type()).isEqualTo(ProblemType.MALFORMED_PAYLOAD);
        assertThat(problem.detail()).startsWith("The request must be a JSON object");
        assertThat(problem.more()).containsEntry("line", 1L).containsKey("column");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "]", "7", "x"})
    @DisplayName("ends with its last brace")
    void more(String text) {
        assertThat(catchThrowableOfType(
                                ProblemException.class, () -> read("{'fileName':'a.csv','content':'QQ=='} " + text))
                        .problem()
                        .type())
                .isEqualTo(ProblemType.MALFORMED_PAYLOAD);
    }
}
