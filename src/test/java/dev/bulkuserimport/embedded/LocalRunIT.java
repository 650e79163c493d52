package dev.bulkuserimport.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The local run")
class LocalRunIT {

    private static final Path BUILD = Path.of(System.getProperty("build.directory", "target"));

    @Test
    @DisplayName("ends with 1 where a file can't be imported, and says what is wrong with it")
    void failed() throws IOException, InterruptedException {
        Path file = Files.createDirectories(BUILD.resolve("local-run")).resolve("people.csv");
        Files.writeString(file, "Employee ID,Work Email\n8,bo@example.com\n");
        // Two processes that unpack the function at once would disturb each other.
        FunctionProcess.unpack(BUILD);
        Process run = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-Dbuild.directory=" + BUILD,
                        "-Dlocal.file=" + file,
                        "-Dlocal.port=0",
                        "-Dlocal.once=true",
                        LocalRun.class.getName()))
                .redirectErrorStream(true)
                .start();
        String printed = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(run.waitFor()).as(printed).isEqualTo(1);
        assertThat(printed).contains("candidates: Employee ID.", "/local/people.csv.html");
    }
}
