package dev.bulkuserimport.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.config.GivenSettings;
import dev.bulkuserimport.s3.ObjectTags;
import dev.bulkuserimport.s3.ObjectVersion;
import jakarta.enterprise.inject.Instance;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingResponse;
import software.amazon.awssdk.services.s3.model.PutObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.PutObjectTaggingResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;

@DisplayName("The tag by which a file expires")
class FileExpiryTest {

    private static final Tag FILE = tag("bulk-user-import", "file");

    private final List<PutObjectTaggingRequest> puts = new ArrayList<>();
    private List<Tag> present = List.of();
    private boolean refused;

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    /** As much of S3 as knows tags. */
    private final class Tags implements S3Client {
        @Override
        public String serviceName() {
            return "s3";
        }

        @Override
        public void close() {}

        @Override
        public GetObjectTaggingResponse getObjectTagging(GetObjectTaggingRequest request) {
            if (refused) {
                throw S3Exception.builder().statusCode(403).message("denied").build();
            }
            return GetObjectTaggingResponse.builder().tagSet(present).build();
        }

        @Override
        public PutObjectTaggingResponse putObjectTagging(PutObjectTaggingRequest request) {
            puts.add(request);
            return PutObjectTaggingResponse.builder().build();
        }
    }

    @SuppressWarnings("unchecked")
    private void mark(String bucket, String key, boolean hasRecords) {
        Instance<S3Client> client = (Instance<S3Client>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Instance.class}, (proxy, method, arguments) -> new Tags());
        new FileExpiry(new ObjectTags(client), GivenSettings.with("IMPORT_REPORT_BUCKET", "stack-imports"))
                .mark(
                        new ObjectVersion(bucket, key, Optional.of("v1"), Optional.empty(), Optional.empty()),
                        hasRecords,
                        Deadline.in(Duration.ofSeconds(30)));
    }

    @ParameterizedTest
    @CsvSource({
        "stack-imports, imports/0oa1/snapshot/u.csv, false, true",
        "stack-imports, imports/0oa1/snapshot/u.csv, true, false",
        "stack-imports, imports/0oa1/snapshot/u.ndjson.gz, false, true",
        "stack-imports, imports/0oa1/snapshot/u.json, false, false",
        "stack-imports, imports/0oa1/snapshot/u.json, true, true",
        "stack-imports, imports/hr-mapping.JSON.gz, false, false",
        "somebody-elses, imports/0oa1/snapshot/u.csv, false, false"
    })
    @DisplayName("is given once, in the function's own bucket, to JSON only when it holds records: it may be a mapping")
    void files(String bucket, String key, boolean hasRecords, boolean tagged) {
        mark(bucket, key, hasRecords);
        assertThat(puts).hasSize(tagged ? 1 : 0).allSatisfy(put -> {
            assertThat(put.versionId()).isEqualTo("v1");
            assertThat(put.tagging().tagSet()).containsExactly(FILE);
        });
    }

    @Test
    @DisplayName("leaves an object's other tags as they are")
    void others() {
        present = List.of(tag("owner", "hr"), tag("bulk-user-import", "x"));
        mark("stack-imports", "imports/u.csv", false);
        assertThat(puts.get(0).tagging().tagSet()).containsExactly(tag("owner", "hr"), FILE);
        puts.clear();
        present = List.of(FILE);
        mark("stack-imports", "imports/u.csv", false);
        assertThat(puts).isEmpty();
    }

    @Test
    @DisplayName("that can't be given is no reason not to import the file")
    void denied() {
        refused = true;
        mark("stack-imports", "imports/u.csv", false);
        assertThat(puts).isEmpty();
    }
}
