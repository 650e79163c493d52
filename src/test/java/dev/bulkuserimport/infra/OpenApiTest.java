package dev.bulkuserimport.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.support.OpenApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("openapi.yaml")
class OpenApiTest {

    private static final Path MAIN = Path.of("src", "main", "java", "dev", "bulkuserimport");

    /** A member that is added to a problem, where it is added. */
    private static final Pattern MEMBER = Pattern.compile("\\.with\\(\\s*\"(\\w+)\"");

    /** A limit of {@code plan.Guards}, with the members that name it and what it counts. */
    private static final Pattern LIMIT = Pattern.compile("\"IMPORT_MAX_\\w+\", \"[a-z-]+\", \"(\\w+)\", \"(\\w+)\"");

    @Test
    @DisplayName("describes every member that a problem has anywhere in the code")
    void problems() throws IOException {
        Set<String> members = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(MAIN)) {
            for (Path source :
                    sources.filter(path -> path.toString().endsWith(".java")).toList()) {
                String code = Files.readString(source);
                // The page's bars and an answer's headers are built with the same word.
                if (code.contains("problem.Problem;") && !source.toString().contains("/report/Page")) {
                    MEMBER.matcher(code).results().forEach(found -> members.add(found.group(1)));
                }
                Matcher limit = LIMIT.matcher(code);
                while (limit.find()) {
                    members.add(limit.group(1));
                    members.add(limit.group(2));
                }
            }
        }
        members.remove("Allow");
        assertThat(members).hasSizeGreaterThan(25).contains("maxGroupRemovals", "groupsCount", "sessionStatus");
        Set<String> described = new TreeSet<>();
        OpenApi.document()
                .at("/components/schemas/Problem/properties")
                .fieldNames()
                .forEachRemaining(described::add);
        assertThat(described).containsAll(members);
    }
}
