package dev.bulkuserimport.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.support.Guards;
import dev.bulkuserimport.support.OktaResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@TestProfile(Guards.class)
@QuarkusTestResource(OktaResource.class)
@DisplayName("Whatever log level is set")
class LogLevelIT {

    @Test
    @DisplayName("nothing says more than INFO, least of all what prints headers, tokens or signatures")
    void pinned() {
        for (String category : new String[] {
            "",
            "import",
            "software.amazon.awssdk.auth.signer",
            "software.amazon.awssdk.request",
            "software.amazon.awssdk.http.auth.aws.internal.signer.DefaultV4RequestSigner",
            "sun.net.www.protocol.http.HttpURLConnection",
            "jdk.internal.httpclient.debug",
            "io.vertx.core.http",
            "io.netty.handler.logging",
            "org.jboss.resteasy.reactive.client.logging"
        }) {
            assertThat(Logger.getLogger(category).isDebugEnabled()).as(category).isFalse();
            assertThat(Logger.getLogger(category).isInfoEnabled()).as(category).isTrue();
        }
    }
}
