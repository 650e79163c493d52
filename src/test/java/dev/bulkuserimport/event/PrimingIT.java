package dev.bulkuserimport.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.support.OktaResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(OktaResource.class)
@DisplayName("Priming for SnapStart")
class PrimingIT {

    @Inject
    Priming priming;

    EmbeddedOkta okta;

    @Test
    @DisplayName("calls nobody")
    void callsNobody() throws Exception {
        okta.reset();
        int connections = okta.connections();
        priming.beforeCheckpoint(null);
        priming.afterRestore(null);
        assertThat(okta.received()).isEmpty();
        assertThat(okta.connections()).isEqualTo(connections);
    }
}
