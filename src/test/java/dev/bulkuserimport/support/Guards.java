package dev.bulkuserimport.support;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/**
 * The function with every guard on: invalid users are left out, no more than ten are deactivated, callers show a secret and sign, and the log
 * is asked for everything. One profile for all tests that need one of them, because each profile starts the function anew.
 */
public final class Guards implements QuarkusTestProfile {

    public static final String SECRET = "s3cret-that-workflows-sends";
    public static final String KEY = "k3y-that-workflows-signs-with";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "import.invalid-users",
                "skip",
                "import.max-deactivations",
                "10",
                "import.webhook-secret",
                SECRET,
                "import.webhook-signing-key",
                KEY,
                "quarkus.log.level",
                "DEBUG",
                // Of one category by its own name too; the console is kept quiet.
                "quarkus.log.category.\"software.amazon.awssdk\".level",
                "DEBUG",
                "quarkus.log.console.level",
                "ERROR");
    }
}
