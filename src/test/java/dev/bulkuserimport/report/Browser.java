package dev.bulkuserimport.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Chromium, driven by {@code src/test/page/check.mjs}. */
final class Browser {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final int SECONDS = 180;

    private Browser() {}

    /** What the browser saw of each page in a folder, wide and light, then on a phone and dark. */
    static JsonNode look(Path folder) throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty("build.directory", "target"), "page-check");
        Files.createDirectories(home);
        boolean changed = false;
        for (String name : List.of("package.json", "package-lock.json", "check.mjs")) {
            Path source = Path.of("src/test/page", name);
            Path copy = home.resolve(name);
            changed |= !Files.exists(copy) || Files.mismatch(source, copy) >= 0;
            Files.copy(source, copy, StandardCopyOption.REPLACE_EXISTING);
        }
        if (changed || !Files.exists(home.resolve("node_modules"))) {
            run(home, program("npm", List.of("npm")), "ci", "--no-audit", "--no-fund", "--ignore-scripts");
        }
        return new ObjectMapper()
                .readTree(run(
                        home,
                        program("node", List.of("node")),
                        "check.mjs",
                        folder.toAbsolutePath().toString(),
                        program("Chromium", NAMES)));
    }

    private static String run(Path home, String... command) throws IOException, InterruptedException {
        Path errors = home.resolve("errors.txt");
        Process process = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectError(errors.toFile())
                .start();
        String printed = new String(process.getInputStream().readAllBytes());
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException(
                    String.join(" ", command) + " failed: " + printed + Files.readString(errors));
        }
        return printed;
    }

    private static String program(String what, List<String> names) {
        Optional<Path> found = names.stream()
                .flatMap(name -> Stream.of(System.getenv("PATH").split(System.getProperty("path.separator")))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
        return found.map(Path::toString)
                .orElseThrow(() -> new IllegalStateException("The report's pages are looked at with " + what
                        + ", and there is none on the PATH. Install it (Debian: apt-get install chromium npm), or leave these tests out with"
                        + " -Dtest='!ReportPageTest'."));
    }
}
