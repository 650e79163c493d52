package dev.bulkuserimport.config;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;

/** Settings as environment variables give them. */
public final class GivenSettings {

    private static final Map<String, String> LEAST =
            Map.of("OKTA_CLIENT_ORGURL", "https://example.okta.com", "OKTA_CLIENT_TOKEN", "00token");

    private GivenSettings() {}

    /** The least that is needed, and these, each a name and a value. */
    public static Settings with(String... namesAndValues) {
        Map<String, String> variables = new HashMap<>(LEAST);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            variables.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return only(variables);
    }

    /** These, and no others. */
    static Settings only(Map<String, String> variables) {
        return new Settings(new SmallRyeConfigBuilder()
                .withSources(new EnvConfigSource(variables, 300))
                .build());
    }
}
