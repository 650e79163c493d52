package dev.bulkuserimport.support;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** The embedded Okta for a function that is an OAuth service app. */
public final class OAuthResource implements QuarkusTestResourceLifecycleManager {

    public static final String CLIENT_ID = "0oaServiceApp";

    private EmbeddedOkta okta;
    private ECKey key;

    @Override
    public Map<String, String> start() {
        okta = EmbeddedOkta.start();
        try {
            key = new ECKeyGenerator(Curve.P_256).keyID("key-1").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return Map.of(
                "okta.client.orgUrl",
                okta.url(),
                "okta.client.authorizationMode",
                "PrivateKey",
                "okta.client.clientId",
                CLIENT_ID,
                "okta.client.privateKey",
                key.toJSONString());
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
        injector.injectIntoFields(key, new TestInjector.MatchesType(ECKey.class));
    }
}
