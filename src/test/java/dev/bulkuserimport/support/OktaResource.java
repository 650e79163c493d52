package dev.bulkuserimport.support;

import dev.bulkuserimport.embedded.EmbeddedOkta;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Starts the embedded Okta before the function and points the function at it. */
public final class OktaResource implements QuarkusTestResourceLifecycleManager {

    private EmbeddedOkta okta;

    @Override
    public Map<String, String> start() {
        okta = EmbeddedOkta.start();
        return Map.of("okta.client.orgUrl", okta.url(), "okta.client.token", EmbeddedOkta.TOKEN);
    }

    @Override
    public void stop() {
        if (okta != null) {
            okta.close();
        }
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(okta, new TestInjector.MatchesType(EmbeddedOkta.class));
    }
}
