package dev.bulkuserimport.infra;

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
import java.util.stream.Stream;

/**
 * The npm packages of {@code src/test/statemachine}, as its lock file has them, installed below {@code target}. Node 22 itself is one of
 * them: the interpreter of state machines needs it, and machines have other versions.
 */
final class NodePackages {

    private static final Path SOURCE = Path.of("src", "test", "statemachine");
    private static final Path HOME = Path.of("target", "statemachine");
    private static final Path INSTALLED = HOME.resolve("installed.json");
    private static final String LOCK = "package-lock.json";

    private NodePackages() {}

    /** Installs what isn't there yet. */
    static synchronized Path install() {
        try {
            Files.createDirectories(HOME);
            for (String file : List.of("package.json", LOCK, "check.mjs", "run.mjs", "template.mjs", "workflows.mjs")) {
                Path target = HOME.resolve(file);
                // What another test's interpreter may be reading stays as it is.
                if (!Files.exists(target) || Files.mismatch(SOURCE.resolve(file), target) != -1) {
                    Files.copy(SOURCE.resolve(file), target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
            String wanted = Files.readString(HOME.resolve(LOCK));
            if (!Files.exists(INSTALLED) || !Files.readString(INSTALLED).equals(wanted)) {
                String npm = onPath(isWindows() ? "npm.cmd" : "npm");
                if (npm.isEmpty()) {
                    throw new IllegalStateException(
                            "The tests of the state machines need npm (Node.js' package manager), and there is none on the PATH."
                                    + " Install Node.js 18 or newer, for example with: apt-get install nodejs npm");
                }
                // No package of the lock file needs its install script, so none gets to run one.
                run(List.of(npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"), "");
                Files.writeString(INSTALLED, wanted);
            }
            return HOME;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a script under Node 22 in the packages' folder; what it printed to standard output. */
    static String node(String... script) {
        return run(ofNode(script), "");
    }

    /** The same with a document on its standard input. */
    static String node(JsonNode input, String... script) {
        return run(ofNode(script), input.toString());
    }

    /** Starts a script under Node 22; its errors go where the test's go. */
    static Process startNode(String... script) {
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
            Process process = new ProcessBuilder(command)
                    .directory(HOME.toFile())
                    .redirectErrorStream(true)
                    .start();
            try (OutputStream toNode = process.getOutputStream()) {
                toNode.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            if (code != 0) {
                throw new IllegalStateException(command + " ended with " + code + ": " + printed);
            }
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String onPath(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Path::toString)
                .orElse("");
    }

    private static boolean isWindows() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
    }
}
