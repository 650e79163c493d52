package dev.bulkuserimport.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.bulkuserimport.acceptance.OktaResource;
import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.embedded.Confirmation;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.Fault;
import dev.bulkuserimport.plan.BulkRequest;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.rules.ImportOperation;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(OktaResource.class)
@DisplayName("What became of an import's users")
class UserLookupTest {

    private static int apps;
    EmbeddedOkta okta;

    @Inject
    UserLookup lookup;

    private String app;
    private SessionPlan plan;

    @BeforeEach
    void application() throws IOException {
        okta.reset();
        app = "0oaLookup" + apps++;
        okta.application(app);
        okta.directoryOf(app)
                .add("E-1", "{\"userName\":\"a@example.com\"}")
                .confirmation(Confirmation.MANUAL)
                .add("E-2", "{\"userName\":\"b@example.com\"}");
        plan = UserSearchTest.plan(
                ImportOperation.CREATE_AND_UPDATE, "E-1 a@example.com", "E-2 B@example.com", "E-3 c@example.com");
    }

    private UserLookup.Sighting look(UserLookup.Sent sent, Duration time) {
        return lookup.look(app, BulkRequest.Kind.UPSERT, List.of(1), sent, Deadline.in(time));
    }

    private UserLookup.Sighting look() {
        return look(number -> plan, Duration.ofSeconds(20));
    }

    @Test
    @DisplayName("is counted by status, and who is missing is named")
    void whole() {
        okta.usersAPage(1);
        UserLookup.Sighting sighting = look();
        assertThat(sighting.byStatus()).containsExactly(entry("ACTIVE", 1), entry("IMPORTED", 1));
        assertThat(sighting.notShown()).isEqualTo(1);
        assertThat(sighting.notShownIds()).containsExactly("E-3");
        assertThat(sighting.partial()).isEmpty();
    }

    @Test
    @DisplayName("needs no more pages once everybody is found")
    void enough() throws IOException {
        plan = UserSearchTest.plan(ImportOperation.CREATE_AND_UPDATE, "E-1 a@example.com");
        okta.usersAPage(1);
        assertThat(look().notShown()).isZero();
        assertThat(okta.received()).hasSize(1);
    }

    @Test
    @DisplayName("is said to be unknown without the scope")
    void scope() {
        okta.withoutScopes("okta.apps.read");
        UserLookup.Sighting sighting = look();
        assertThat(sighting.byStatus()).isEmpty();
        assertThat(sighting.partial().orElseThrow()).contains("okta.apps.read");
    }

    @Test
    @DisplayName("is said to be partial when the list breaks off, and then nobody is named as missing")
    void partial() {
        okta.usersAPage(1);
        okta.fault(Fault.status(503).on("/users").after(1).times(99));
        UserLookup.Sighting sighting = look(number -> plan, Duration.ofSeconds(2));
        assertThat(sighting.byStatus()).containsExactly(entry("ACTIVE", 1));
        assertThat(sighting.notShown()).isEqualTo(2);
        assertThat(sighting.notShownIds()).isEmpty();
        assertThat(sighting.partial().orElseThrow()).contains("okta-unavailable");
    }

    @Test
    @DisplayName("is said to be unknown when the users can't be read once more")
    void forgotten() {
        UserLookup.Sighting sighting = look(
                number -> {
                    throw new IOException("gone");
                },
                Duration.ofSeconds(20));
        assertThat(sighting.partial()).isPresent();
        assertThat(okta.received()).isEmpty();
    }
}
