package dev.bulkuserimport.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The classes that the built function has loaded after importing a file, as an archive for class data sharing: with it a JVM function starts
 * in half the time, and tests start it by the dozen. A native function has no need of it.
 */
public final class ClassArchive {

    private static final String BUCKET = "class-archive";

    private ClassArchive() {}

    /** A function that starts from the archive, which is made before the first. */
    public static FunctionProcess start(Path build, Map<String, String> environment) {
        try {
            FunctionProcess.unpack(build);
            if (FunctionProcess.isNative(build)) {
                return new FunctionProcess(build, java(), FunctionProcess.templateOptions(), environment);
            }
            return withOption(build, "-XX:SharedArchiveFile=" + archive(build), environment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that doesn't fit is left unused by the JVM: nothing but time depends on it. */
    private static synchronized Path archive(Path build) throws IOException {
        Path archive = build.resolve("function.jsa").toAbsolutePath();
        if (!FunctionProcess.isCurrent(archive, build)) {
            Files.deleteIfExists(archive);
            record(build, archive);
        }
        return archive;
    }

    private static void record(Path build, Path archive) {
        S3MockProcess mock = S3MockProcess.shared(build);
        S3Client s3 = mock.client();
        s3.createBucket(bucket -> bucket.bucket(BUCKET));
        String key = "imports/0oaClassArchive/users.csv";
        String eTag = s3.putObject(
                        object -> object.bucket(BUCKET).key(key),
                        RequestBody.fromString("External ID,User Name\n1,ana@example.com\n"))
                .eTag();
        try (EmbeddedOkta okta = EmbeddedOkta.start();
                FunctionProcess function = withOption(
                        build,
                        "-XX:ArchiveClassesAtExit=" + archive,
                        Map.of(
                                "OKTA_CLIENT_ORGURL", okta.url(),
                                "OKTA_CLIENT_TOKEN", EmbeddedOkta.TOKEN,
                                "AWS_ENDPOINT_URL_S3", mock.url()))) {
            okta.application("0oaClassArchive");
            function.api().invoke(S3Event.of(BUCKET, key).eTag(eTag).toString());
            function.terminate();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static FunctionProcess withOption(Path build, String option, Map<String, String> environment) {
        List<String> options = new ArrayList<>(FunctionProcess.templateOptions());
        options.add(option);
        return FunctionProcess.ofJars(build, java(), options, environment);
    }

    private static Path java() {
        return Path.of(System.getProperty("java.home"));
    }
}
