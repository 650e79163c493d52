package dev.bulkuserimport.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The scripts and npm packages of {@code src/test/node}, installed below {@code target} as the lock file has them. Node 22 is one of the
 * packages: the interpreter of state machines and the browser need it, and a machine may have another version.
 */
public final class NodePackages {

    private static final Path SOURCE = Path.of("src", "test", "node");
    private static final Path HOME = Path.of(System.getProperty("build.directory", "target"), "node-packages");
    private static final Path INSTALLED = HOME.resolve("installed.json");
    private static final String LOCK = "package-lock.json";
    private static final boolean WINDOWS =
            System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");

    private NodePackages() {}

    /** Installs what isn't there yet. */
    static synchronized Path install() {
        try {
            Files.createDirectories(HOME);
            copyScripts();
            String wanted = Files.readString(HOME.resolve(LOCK));
            if (!Files.exists(INSTALLED) || !Files.readString(INSTALLED).equals(wanted)) {
                Files.deleteIfExists(INSTALLED);
                // No package of the lock file needs its install script, so none may run one.
                run(List.of(npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"), "");
                Files.writeString(INSTALLED, wanted);
            }
            return HOME;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copyScripts() throws IOException {
        try (Stream<Path> files = Files.list(SOURCE)) {
            for (Path file : files.toList()) {
                Path target = HOME.resolve(file.getFileName());
                // A script that another test is running stays as it is.
                if (!Files.exists(target) || Files.mismatch(file, target) != -1) {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    /** Runs a script under Node 22 in the packages' folder; what it printed to standard output. */
    public static String node(String... script) {
        return run(ofNode(script), "");
    }

    /** The same with a document on its standard input. */
    public static String node(JsonNode input, String... script) {
        return run(ofNode(script), input.toString());
    }

    /** Starts a script under Node 22; its errors go where the test's go. */
    public static Process startNode(String... script) {
        try {
            Process process = new ProcessBuilder(ofNode(script))
                    .directory(HOME.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> ofNode(String... script) {
        List<String> command = new ArrayList<>(List.of(node()));
        command.addAll(List.of(script));
        return command;
    }

    private static String node() {
        Path modules = install().resolve("node_modules");
        try (Stream<Path> packages = Files.list(modules)) {
            return packages.filter(entry -> entry.getFileName().toString().startsWith("node-"))
                    .map(entry -> entry.resolve("bin").resolve("node"))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .map(found -> found.toAbsolutePath().toString())
                    .orElse("node");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String run(List<String> command, String input) {
        try {
            Path errors = Files.createTempFile(HOME, "errors", ".txt");
            Process process = new ProcessBuilder(command)
                    .directory(HOME.toFile())
                    .redirectError(errors.toFile())
                    .start();
            try (OutputStream toProcess = process.getOutputStream()) {
                toProcess.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            String complaints = Files.readString(errors);
            Files.delete(errors);
            if (code != 0) {
                throw new IllegalStateException(command + " ended with " + code + ": " + printed + complaints);
            }
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The profile {@code npm} names the one that it has brought. */
    private static String npm() {
        return Optional.ofNullable(System.getProperty("npm"))
                .filter(named -> !named.isEmpty())
                .or(() -> onPath(WINDOWS ? "npm.cmd" : "npm"))
                .orElseThrow(() -> new IllegalStateException(
                        "The state machines, the template and the pages are tested with npm packages,"
                                + " and there is no npm on the PATH. Install Node.js 18 or newer, for example with: apt-get install npm,"
                                + " or add -Pnpm, which brings it for this build."));
    }

    private static Optional<String> onPath(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Path::toString);
    }
}
