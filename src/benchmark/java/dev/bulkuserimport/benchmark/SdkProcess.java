package dev.bulkuserimport.benchmark;

import dev.bulkuserimport.embedded.FunctionProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@link SdkImportHandler} as a process under AWS's runtime client, with Okta's SDK and what that needs. */
final class SdkProcess {

    /** What the function and its tests bring along, and an importer on Okta's SDK doesn't have. */
    private static final List<String> FOREIGN =
            List.of("quarkus", "smallrye", "awssdk", "io/vertx", "io/netty", "junit", "surefire", "jboss");

    private SdkProcess() {}

    static FunctionProcess start(Path build, List<String> jvmOptions, Map<String, String> environment)
            throws IOException {
        return FunctionProcess.ofHandler(
                build,
                Path.of(System.getProperty("java.home")),
                jvmOptions,
                classPath(build),
                SdkImportHandler.class.getName() + "::handleRequest",
                environment);
    }

    private static String classPath(Path build) throws IOException {
        Stream<String> own = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> FOREIGN.stream().noneMatch(entry::contains));
        try (Stream<Path> client = Files.list(build.resolve("runtime-client"))) {
            return Stream.concat(client.map(Path::toString).filter(name -> name.endsWith(".jar")), own)
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }
}
