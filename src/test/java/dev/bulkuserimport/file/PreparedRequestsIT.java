package dev.bulkuserimport.file;

import static dev.bulkuserimport.support.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkuserimport.config.GivenSettings;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.report.ImportId;
import dev.bulkuserimport.s3.ObjectVersion;
import dev.bulkuserimport.s3.S3Objects;
import dev.bulkuserimport.support.Bucket;
import dev.bulkuserimport.support.Lambda;
import dev.bulkuserimport.support.OktaResource;
import dev.bulkuserimport.support.PutFile;
import dev.bulkuserimport.support.S3Resource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;

@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(OktaResource.class)
@QuarkusTestResource(S3Resource.class)
@DisplayName("What lies under work/")
class PreparedRequestsIT {

    private static final AtomicInteger APPS = new AtomicInteger();

    @Inject
    S3Objects objects;

    EmbeddedOkta okta;
    S3Client s3;
    private Bucket bucket;
    private String app;

    @BeforeEach
    void application() {
        okta.reset();
        app = "0oaPrepared" + APPS.incrementAndGet();
        okta.application(app);
        bucket = Bucket.of(s3, "hr-prepared");
    }

    private PutFile put() {
        return bucket.put(
                "imports/" + app + "/create-and-update/people.csv",
                "externalId,userName\nE-1,u1@example.com\nE-2,u2@example.com\n");
    }

    private static Lambda.Result step(String action, ObjectNode arguments) {
        return Lambda.invoke(arguments.put("action", action).toString());
    }

    private static ObjectNode named(String importId) {
        return Lambda.JSON.createObjectNode().put("importId", importId).put("number", 1);
    }

    private static String planned(PutFile file) {
        return step("planFile", file.named()).json().path("importId").asText();
    }

    /** What someone else makes of a prepared session. */
    enum Change {
        ONE_LETTER(bytes -> new String(bytes, StandardCharsets.ISO_8859_1)
                .replace("u2@", "u9@")
                .getBytes(StandardCharsets.ISO_8859_1)),
        ONE_BYTE_MORE(bytes -> Arrays.copyOf(bytes, bytes.length + 1)),
        ONE_BYTE_LESS(bytes -> Arrays.copyOf(bytes, bytes.length - 1)),
        ANOTHER_NUMBER(bytes -> {
            byte[] changed = bytes.clone();
            changed[7]++;
            return changed;
        }),
        TEXT(bytes -> "not a session".getBytes(StandardCharsets.UTF_8)),
        NOTHING(bytes -> new byte[0]);

        private final UnaryOperator<byte[]> change;

        Change(UnaryOperator<byte[]> change) {
            this.change = change;
        }
    }

    @ParameterizedTest
    @EnumSource(Change.class)
    @DisplayName("is refused where it isn't what was planned, before anything of it is sent")
    void changed(Change how) {
        PutFile file = put();
        String importId = planned(file);
        String session = "work/" + importId + "/session-1";
        byte[] before = bucket.bytes(session);
        byte[] after = how.change.apply(before);
        assertThat(after).isNotEqualTo(before);
        bucket.put(session, after);
        assertProblem(step("importSession", named(importId)))
                .is("invalid-request")
                .says("is not what was planned", "put the file into the bucket again")
                .hides("u9@", "u2@");
        assertThat(okta.sessionsOf(app)).isEmpty();
        ObjectNode end = named(importId).put("error", "dev.bulkuserimport.event.FunctionError$InvalidRequestException");
        assertThat(step("finishFile", end).json().path("state").asText()).isEqualTo("FAILED");
    }

    @Test
    @DisplayName("is refused where it was planned for another import")
    void another() {
        String one = planned(put());
        String other = planned(
                bucket.put("imports/" + app + "/create-and-update/b.csv", "externalId,userName\nE-1,u1@example.com\n"));
        bucket.put("work/" + other + "/session-1", bucket.bytes("work/" + one + "/session-1"));
        step("importSession", named(one));
        step("followSession", named(one));
        step("finishFile", named(one));
        assertProblem(step("importSession", named(other))).is("invalid-request").says("is not what was planned");
    }

    @Test
    @DisplayName("is sent as it was planned where no one has changed it")
    void asPlanned() {
        String importId = planned(put());
        assertThat(step("importSession", named(importId))
                        .json()
                        .path("recordsImported")
                        .asInt())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "0123456789abcdef0123456789abcdef",
                "0123456789abcdef0123456789abcdef.",
                "0123456789ABCDEF0123456789ABCDEF.hr-prepared",
                "0123456789abcdef0123456789abcdef.hr-prepared",
                "0123456789abcdef0123456789abcdef.hr_Prepared..x",
                "0123456789abcdef0123456789abcdef.nobody-s-bucket",
                "0123456789abcdef0123456789abcdef.a/../b",
                "0123456789abcdef0123456789abcdef.xn--s3alias"
            })
    @DisplayName("is found by an import's ID alone; a damaged one is the caller's fault")
    void damagedId(String importId) {
        for (String action : new String[] {"importSession", "followSession", "finishFile", "awaitDecision"}) {
            assertProblem(step(action, named(importId))).is("invalid-request");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "{\"bucket\":\"hr-prepared\",\"key\":\"k\"}", "null"})
    @DisplayName("says nothing where it is damaged, or leads to another file")
    void damagedFile(String content) {
        String importId = planned(put());
        bucket.put("work/" + importId + "/import.json", content);
        assertProblem(step("importSession", named(importId))).is("invalid-request");
        String other = planned(
                bucket.put("imports/" + app + "/create-and-update/b.csv", "externalId,userName\nE-1,u1@example.com\n"));
        bucket.put("work/" + importId + "/import.json", bucket.bytes("work/" + other + "/import.json"));
        assertProblem(step("importSession", named(importId))).is("invalid-request");
    }

    @Test
    @DisplayName("counts in the bucket of the reports alone: an ID that names another bucket is refused")
    void otherBucket() {
        PutFile file = put();
        ObjectVersion object = new ObjectVersion(
                bucket.name(), file.key(), file.versionId(), Optional.of(file.eTag()), file.sequencer());
        Bucket other = Bucket.of(s3, "hr-prepared-elsewhere");
        String own = planned(file);
        String foreign = ImportId.of(object, other.name()).toString();
        other.put("work/" + foreign + "/import.json", bucket.bytes("work/" + own + "/import.json"));
        other.put("work/" + foreign + "/session-1", bucket.bytes("work/" + own + "/session-1"));
        assertProblem(step("importSession", named(foreign))).is("invalid-request");
        assertThat(okta.sessionsOf(app)).isEmpty();
        Claims configured = new Claims(objects, GivenSettings.with("IMPORT_REPORT_BUCKET", "reports"));
        assertThat(configured.isOurs(ImportId.of(object, "reports"))).isTrue();
        assertThat(configured.isOurs(ImportId.of(object, bucket.name()))).isFalse();
    }
}
