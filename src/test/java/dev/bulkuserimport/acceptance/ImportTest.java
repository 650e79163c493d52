package dev.bulkuserimport.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.OktaSession;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(OktaResource.class)
@DisplayName("An import by direct invocation")
class ImportTest {

    private static final String APP = "0oaImportTest";

    EmbeddedOkta okta;
    private OktaSession session;

    @BeforeEach
    void session() {
        okta.reset();
        session = okta.newSession(APP);
    }

    @Test
    @DisplayName("loads every user once")
    void loads() {
        Lambda.Result result =
                Lambda.invoke(new Payload(APP, session.id()).users(0, 450).toString());

        assertThat(result.json().path("recordsImported").asInt()).isEqualTo(450);
        assertThat(result.json().path("requests").asInt()).isEqualTo(3);
        assertThat(session.users()).hasSize(450);
    }
}
