package dev.bulkuserimport.okta;

import io.netty.buffer.Unpooled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * One call of Okta's API, which can be sent more than once, each time with new credentials.
 *
 * @param method the HTTP method, for a proof of possession
 * @param path the path below the org URL, for a proof of possession
 * @param scope what a token must allow
 * @param repeatable whether sending it again after its answer was lost does no harm
 * @param sender sends it
 */
public record OktaCall(String method, String path, Scope scope, boolean repeatable, Sender sender) {

    private static final String SOURCES = "/api/v1/identity-sources/";

    /** Sends a call over the REST client. */
    @FunctionalInterface
    public interface Sender {
        Uni<RestResponse<byte[]>> send(OktaApi api, Authorization authorization);
    }

    public static OktaCall getSession(String app, String session) {
        return new OktaCall(
                "GET",
                SOURCES + app + "/sessions/" + session,
                Scope.IDENTITY_SOURCES_READ,
                true,
                (api, auth) -> api.getSession(auth.header(), auth.proof(), app, session));
    }

    public static OktaCall listSessions(String app) {
        return new OktaCall(
                "GET",
                SOURCES + app + "/sessions",
                Scope.IDENTITY_SOURCES_READ,
                true,
                (api, auth) -> api.listSessions(auth.header(), auth.proof(), app));
    }

    public static OktaCall createSession(String app) {
        return new OktaCall(
                "POST",
                SOURCES + app + "/sessions",
                Scope.IDENTITY_SOURCES_MANAGE,
                false,
                (api, auth) -> api.createSession(auth.header(), auth.proof(), app));
    }

    public static OktaCall startImport(String app, String session) {
        return new OktaCall(
                "POST",
                SOURCES + app + "/sessions/" + session + "/start-import",
                Scope.IDENTITY_SOURCES_MANAGE,
                false,
                (api, auth) -> api.startImport(auth.header(), auth.proof(), app, session));
    }

    public static OktaCall cancelSession(String app, String session) {
        return new OktaCall(
                "DELETE",
                SOURCES + app + "/sessions/" + session,
                Scope.IDENTITY_SOURCES_MANAGE,
                false,
                (api, auth) -> api.cancelSession(auth.header(), auth.proof(), app, session));
    }

    /** A bulk request; {@code bulk} is {@code bulk-upsert} or {@code bulk-delete}. */
    public static OktaCall upload(String app, String session, String bulk, List<ByteBuffer> body) {
        int length = body.stream().mapToInt(ByteBuffer::remaining).sum();
        return new OktaCall(
                "POST",
                SOURCES + app + "/sessions/" + session + "/" + bulk,
                Scope.IDENTITY_SOURCES_MANAGE,
                false,
                (api, auth) -> api.upload(
                        auth.header(),
                        auth.proof(),
                        app,
                        session,
                        bulk,
                        length,
                        Multi.createFrom().item(buffer(body))));
    }

    /** A page of the Custom Identity Source applications; {@code after} is null for the first. */
    public static OktaCall listApplications(int limit, String after) {
        return new OktaCall(
                "GET",
                "/api/v1/apps",
                Scope.APPS_READ,
                true,
                (api, auth) -> api.listApplications(
                        auth.header(), auth.proof(), "name eq \"custom_identity_source\"", limit, after));
    }

    public static OktaCall getSchema(String app) {
        return new OktaCall(
                "GET",
                "/api/v1/meta/schemas/apps/" + app + "/default",
                Scope.SCHEMAS_READ,
                true,
                (api, auth) -> api.getSchema(auth.header(), auth.proof(), app));
    }

    /** The parts as one, not copied. */
    private static Buffer buffer(List<ByteBuffer> parts) {
        return Buffer.newInstance(
                io.vertx.core.buffer.Buffer.buffer(Unpooled.wrappedBuffer(parts.toArray(ByteBuffer[]::new))));
    }
}
