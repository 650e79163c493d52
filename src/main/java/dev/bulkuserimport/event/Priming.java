package dev.bulkuserimport.event;

import dev.bulkuserimport.base.ByteChunks;
import dev.bulkuserimport.okta.OktaConnection;
import dev.bulkuserimport.plan.PlanRules;
import dev.bulkuserimport.plan.SessionPlanner;
import dev.bulkuserimport.source.ImportDefaults;
import dev.bulkuserimport.source.PayloadReader;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/**
 * Runs before SnapStart takes its snapshot: reads a payload and creates the HTTP client, so that their classes are loaded and compiled in
 * every restored environment. It makes no calls and reads no secrets; tokens and keys are created at the first call after the restore, so
 * no two environments share one.
 *
 * <p>Source: "Runtime hooks for Lambda SnapStart" in the Lambda developer guide.
 */
@Singleton
class Priming implements Resource {

    private static final int ROUNDS = 200;

    private final Instance<OktaConnection> connection;

    Priming(Instance<OktaConnection> connection) {
        this.connection = connection;
    }

    void register(@Observes StartupEvent start) {
        if ("snap-start".equals(System.getenv("AWS_LAMBDA_INITIALIZATION_TYPE"))) {
            Core.getGlobalContext().register(this);
        }
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) throws IOException {
        ByteChunks payload = ByteChunks.of("""
                {"applicationId":"0oaPriming","importOperation":"CREATE_AND_UPDATE","sessionId":"apsPriming","users":[
                 {"externalId":"E-1","profile":{"userName":"a@example.com","email":"a@example.com","firstName":"A","n":1.10}}]}""".getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < ROUNDS; i++) {
            PayloadReader reader = new PayloadReader(json -> json.createParser(payload.stream()), ImportDefaults.NONE);
            SessionPlanner planner =
                    new SessionPlanner(PlanRules.oneSession(reader.preface().operation(), false), session -> {});
            reader.read(planner);
            planner.finish();
        }
        EventReader.read(payload);
        connection.get().prepare();
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
        // Nothing that was created before is unique or secret.
    }
}
