package dev.bulkuserimport.packaged;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkuserimport.embedded.ClassArchive;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.FunctionProcess;
import dev.bulkuserimport.embedded.OktaSession;
import dev.bulkuserimport.embedded.RuntimeApi;
import dev.bulkuserimport.embedded.S3MockProcess;
import dev.bulkuserimport.support.Bucket;
import dev.bulkuserimport.support.Lambda;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * What the tests of the built function share: Okta and S3 beside it, and one started function for all that need no settings or end of their
 * own. Each is started when the first test asks for it, and closed with the last.
 */
final class TestStand implements AutoCloseable {

    static final String APP = "0oaPackaged";
    static final Path BUILD = Path.of(System.getProperty("build.directory", "target"));
    static final Path JAVA = Path.of(System.getProperty("java.home"));

    private static final ObjectMapper JSON = new ObjectMapper();

    final EmbeddedOkta okta = EmbeddedOkta.start();
    private FunctionProcess function;

    TestStand() throws IOException {
        FunctionProcess.unpack(BUILD);
    }

    /** The function that is started once, as AWS starts it. */
    FunctionProcess function() {
        if (function == null) {
            function = start(JAVA, withStorage());
        }
        return function;
    }

    /** A function of the test's own, with settings beside those that it needs. */
    FunctionProcess start(Map<String, String> settings) {
        return begin(settings).ready();
    }

    /** The same, not waited for: it may not start. */
    FunctionProcess begin(Map<String, String> settings) {
        return ClassArchive.start(BUILD, environment(settings));
    }

    /** One under another Java. */
    FunctionProcess start(Path java, Map<String, String> settings) {
        return begin(java, FunctionProcess.templateOptions(), settings).ready();
    }

    /** One under other JVM options. */
    FunctionProcess begin(Path java, List<String> options, Map<String, String> settings) {
        return new FunctionProcess(BUILD, java, options, environment(settings));
    }

    private Map<String, String> environment(Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>();
        environment.put("OKTA_CLIENT_ORGURL", okta.url());
        environment.put("OKTA_CLIENT_TOKEN", EmbeddedOkta.TOKEN);
        environment.putAll(settings);
        return environment;
    }

    Map<String, String> withStorage() {
        return Map.of("AWS_ENDPOINT_URL_S3", mock().url());
    }

    private S3MockProcess mock() {
        return S3MockProcess.shared(BUILD);
    }

    Bucket bucket(String name) {
        return Bucket.of(mock().client(), name);
    }

    /** A payload for a new session, with a custom property whose name needs UTF-8. */
    ObjectNode payload(int users) {
        return payload(okta.newSession(APP), users);
    }

    static ObjectNode payload(OktaSession session, int users) {
        ObjectNode payload = JSON.createObjectNode();
        payload.put("applicationId", session.app())
                .put("sessionId", session.id())
                .put("importOperation", "Create & Update");
        for (int i = 0; i < users; i++) {
            ObjectNode user = payload.withArray("users").addObject().put("externalId", "E-" + i);
            user.putObject("profile")
                    .put("userName", "user" + i + "@example.com")
                    .put("côst ✓", i);
        }
        return payload;
    }

    @Override
    public void close() {
        if (function != null) {
            function.close();
        }
        okta.close();
    }

    /** What an invocation came to. */
    static Lambda.Result invoke(FunctionProcess function, Object event) {
        RuntimeApi.Result result = function.api().invoke(event.toString());
        return new Lambda.Result(result.error() ? 500 : 200, Lambda.parse(result.text()));
    }

    /** The feature version of the Java in that folder; 0 where there is none. */
    static int feature(Path home) {
        Properties release = new Properties();
        try (InputStream in = Files.newInputStream(home.resolve("release"))) {
            release.load(in);
            return Integer.parseInt(
                    release.getProperty("JAVA_VERSION", "0").replace("\"", "").split("[.+-]")[0]);
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    /** Hands the stand to test classes, one for all of them. */
    static final class Shared implements ParameterResolver, BeforeEachCallback {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == TestStand.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return stand(context);
        }

        @Override
        public void beforeEach(ExtensionContext context) {
            stand(context).okta.reset();
        }

        private static TestStand stand(ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(TestStand.class))
                    .computeIfAbsent(
                            TestStand.class,
                            key -> {
                                try {
                                    return new TestStand();
                                } catch (IOException e) {
                                    throw new IllegalStateException(e);
                                }
                            },
                            TestStand.class);
        }
    }
}
