package dev.bulkuserimport.embedded;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * The built function as AWS runs it: {@code function.zip} unpacked, under AWS's Java runtime client, or its native {@code bootstrap}.
 */
public final class FunctionProcess implements AutoCloseable {

    private static final String RUNTIME_CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
    /** Where the runtime client finds its native part, which AWS's runtime has beside it. */
    private static final String NATIVE_PART =
            "-Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI=";

    private static final String HANDLER = "io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler::handleRequest";

    private final RuntimeApi api = new RuntimeApi();
    private final Process process;
    private final Path output;
    private final long started;

    /**
     * @param build Maven's build directory, with {@code function.zip} and the runtime client in it
     * @param java the Java home for a JVM function
     * @param jvmOptions more options for that JVM
     * @param environment the function's settings
     */
    public FunctionProcess(Path build, Path java, List<String> jvmOptions, Map<String, String> environment) {
        this(build, environment, () -> {
            Path unpacked = unpack(build);
            return isNative(build)
                    ? nativeCommand(unpacked, jvmOptions)
                    : command(build, java, jvmOptions, classPath(build), HANDLER);
        });
    }

    /** Of a JVM's options a native function takes its heap's bound. */
    private static List<String> nativeCommand(Path unpacked, List<String> jvmOptions) {
        List<String> command = new ArrayList<>();
        command.add(unpacked.resolve("bootstrap").toAbsolutePath().toString());
        jvmOptions.stream().filter(option -> option.startsWith("-Xmx")).forEach(command::add);
        return command;
    }

    /** The same from JARs alone, as class data sharing needs it: the function's own classes are packed into one. */
    public static FunctionProcess ofJars(
            Path build, Path java, List<String> jvmOptions, Map<String, String> environment) {
        return new FunctionProcess(build, environment, () -> {
            Path unpacked = unpack(build);
            Path classes = build.resolve("function-classes.jar");
            if (!isCurrent(classes, build)) {
                pack(unpacked, classes);
            }
            return command(
                    build,
                    java,
                    jvmOptions,
                    classPath(build).replaceFirst(unpacked + File.pathSeparator, classes + File.pathSeparator),
                    HANDLER);
        });
    }

    /** Whether a file that is made from the function is there, and not older than it. */
    static boolean isCurrent(Path made, Path build) throws IOException {
        return Files.exists(made)
                && Files.getLastModifiedTime(made).compareTo(Files.getLastModifiedTime(build.resolve("function.zip")))
                        >= 0;
    }

    /** Another handler under the same runtime client. */
    public static FunctionProcess ofHandler(
            Path build,
            Path java,
            List<String> jvmOptions,
            String classPath,
            String handler,
            Map<String, String> environment) {
        return new FunctionProcess(build, environment, () -> command(build, java, jvmOptions, classPath, handler));
    }

    private FunctionProcess(Path build, Map<String, String> environment, CommandLine commandLine) {
        try {
            List<String> command = commandLine.build();
            output = Files.createTempFile(build, "function-", ".log");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("OKTA_"));
            builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.address());
            builder.environment().put("AWS_LAMBDA_FUNCTION_NAME", "import");
            builder.environment().put("AWS_REGION", "eu-central-1");
            builder.environment().put("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE");
            builder.environment().put("AWS_SECRET_ACCESS_KEY", "local");
            builder.environment().putAll(environment);
            started = System.nanoTime();
            process = builder.start();
            process.onExit()
                    .thenAccept(ended -> api.ended("the function ended with " + ended.exitValue() + ": " + printed()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The options that {@code infra/template.yaml} gives the JVM form, where they are written once. */
    public static List<String> templateOptions() {
        try {
            String variable = Files.readString(Path.of("infra", "template.yaml"))
                    .split("\\sJAVA_TOOL_OPTIONS: ", 2)[1]
                    .split("\n *- (?!>)", 3)[1];
            return Arrays.stream(variable.split("\\s+"))
                    .filter(word -> word.matches("--?[A-Za-z].+"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @FunctionalInterface
    private interface CommandLine {
        List<String> build() throws IOException;
    }

    private static List<String> command(
            Path build, Path java, List<String> jvmOptions, String classPath, String handler) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(java.resolve("bin/java").toString());
        command.addAll(jvmOptions);
        command.add(NATIVE_PART + nativePart(build).toAbsolutePath());
        command.addAll(List.of("-cp", classPath, RUNTIME_CLIENT, handler));
        return command;
    }

    /**
     * The runtime client's native part, unpacked once. Left alone each process unpacks it into the same file in {@code /tmp}: one that starts
     * while another writes there dies of it.
     */
    private static synchronized Path nativePart(Path build) throws IOException {
        Path folder = build.resolve("runtime-client");
        Path target = folder.resolve("jni.so");
        if (Files.exists(target)) {
            return target;
        }
        String machine = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
        try (Stream<Path> jars = Files.list(folder)) {
            Path client = jars.filter(jar -> jar.getFileName().toString().contains("runtime-interface-client"))
                    .findFirst()
                    .orElseThrow();
            try (ZipFile zip = new ZipFile(client.toFile());
                    InputStream in =
                            zip.getInputStream(zip.getEntry("jni/libaws-lambda-jni.linux-" + machine + ".so"))) {
                Path part = Files.createTempFile(folder, "jni", null);
                Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
                return Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    private static void pack(Path unpacked, Path jar) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(unpacked)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = unpacked.relativize(file).toString();
                if (!name.startsWith("lib/") && !name.startsWith(".")) {
                    out.putNextEntry(new ZipEntry(name));
                    Files.copy(file, out);
                }
            }
        }
    }

    /** The class path of AWS's Java runtime: the runtime client, the function's own classes and its libraries, by name. */
    public static String classPath(Path build) throws IOException {
        List<String> entries = new ArrayList<>();
        Path unpacked = build.resolve("function");
        entries.add(unpacked.toString());
        for (Path folder : List.of(build.resolve("runtime-client"), unpacked.resolve("lib"))) {
            try (Stream<Path> jars = Files.list(folder)) {
                jars.map(Path::toString)
                        .filter(name -> name.endsWith(".jar"))
                        .sorted()
                        .forEach(entries::add);
            }
        }
        return String.join(File.pathSeparator, entries);
    }

    /** Whether the function was built native. */
    public static boolean isNative(Path build) {
        return Files.exists(build.resolve("function/bootstrap"));
    }

    /** Unpacks the function unless that is done already. */
    public static synchronized Path unpack(Path build) throws IOException {
        Path zip = build.resolve("function.zip");
        Path target = build.resolve("function");
        Path mark = target.resolve(".unpacked");
        String version = Files.getLastModifiedTime(zip).toString();
        if (Files.exists(mark) && Files.readString(mark).equals(version)) {
            return target;
        }
        if (Files.exists(target)) {
            try (Stream<Path> old = Files.walk(target)) {
                old.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        }
        try (InputStream in = Files.newInputStream(zip);
                ZipInputStream entries = new ZipInputStream(in)) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                Path file = target.resolve(entry.getName()).normalize();
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(entries, file);
                }
            }
        }
        target.resolve("bootstrap").toFile().setExecutable(true);
        Files.writeString(mark, version);
        return target;
    }

    public RuntimeApi api() {
        return api;
    }

    /** Waits until the function asks for work; fails with what it printed when it ends instead. */
    public FunctionProcess ready() {
        api.firstPoll();
        return this;
    }

    /** Nanoseconds from the process's start to its first request for work. */
    public long untilFirstPoll() {
        return api.firstPoll() - started;
    }

    /** When the process was started, as a {@link System#nanoTime} value. */
    public long started() {
        return started;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The most memory that it has had resident so far, in MB as Lambda counts them (1,048,576 bytes); Linux tells. */
    public double peakMegabytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid() + "/status"))) {
            if (line.startsWith("VmHWM:")) {
                return Double.parseDouble(line.replaceAll("\\D", "")) / 1024;
            }
        }
        return Double.NaN;
    }

    /** Waits for the process to end by itself; its exit code. */
    public int waitFor() throws InterruptedException {
        return process.waitFor();
    }

    /** Kills it as Lambda does when its time is over. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Ends it as Lambda ends an environment that it no longer needs. */
    public void terminate() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    /** Everything it has printed. */
    public String printed() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
            Files.deleteIfExists(output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        api.close();
    }
}
