package dev.bulkuserimport.okta;

import dev.bulkuserimport.base.PercentEncoding;
import dev.bulkuserimport.rules.BulkOperation;
import io.netty.buffer.Unpooled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import jakarta.ws.rs.core.Response;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call of {@link OktaApi} that can be sent more than once, each time with new credentials. */
public final class OktaCall {

    /** The token endpoint's path, which is part of an assertion's audience too. */
    public static final String TOKEN_PATH = OktaApi.TOKEN;

    private final String method;
    private final String path;
    private final Optional<Scope> scope;
    private final boolean repeatable;
    private final Sender sender;

    private OktaCall(String method, String path, Optional<Scope> scope, boolean repeatable, Sender sender) {
        this.method = method;
        this.path = path;
        this.scope = scope;
        this.repeatable = repeatable;
        this.sender = sender;
    }

    /** Makes the call with its authorization headers. */
    @FunctionalInterface
    private interface Sender {

        Uni<Response> send(OktaApi okta, Headers headers);
    }

    /** A method of {@link OktaApi} that takes a bulk request. */
    @FunctionalInterface
    private interface Upload {

        Uni<Response> send(
                String app,
                String session,
                @Nullable String authorization,
                @Nullable String proof,
                long length,
                Multi<Buffer> body);
    }

    /** Header values as Jakarta REST expects them: null for none. */
    private record Headers(
            @Nullable String authorization, @Nullable String proof) {}

    /** The HTTP method, which a proof of possession is bound to. */
    public String method() {
        return method;
    }

    /** The path below the org URL without its query, which a proof of possession is also bound to. */
    public String path() {
        return path;
    }

    /** The scope that the token must have; empty if no token is needed. */
    public Optional<Scope> scope() {
        return scope;
    }

    /** Whether the call may be repeated safely after its answer was lost. */
    public boolean repeatable() {
        return repeatable;
    }

    /** Sends the call to {@code okta} when it is subscribed to. */
    Uni<Response> on(OktaApi okta, Authorization authorization) {
        return sender.send(
                okta,
                new Headers(
                        authorization.header().orElse(null),
                        authorization.proof().orElse(null)));
    }

    public static OktaCall listSessions(String app) {
        return read(
                path(OktaApi.SESSIONS, app),
                Scope.IDENTITY_SOURCES_READ,
                (okta, let) -> okta.listSessions(app, let.authorization(), let.proof()));
    }

    public static OktaCall getSession(String app, String session) {
        return read(
                path(OktaApi.SESSION, app, session),
                Scope.IDENTITY_SOURCES_READ,
                (okta, let) -> okta.getSession(app, session, let.authorization(), let.proof()));
    }

    public static OktaCall createSession(String app) {
        return change(
                "POST",
                path(OktaApi.SESSIONS, app),
                (okta, let) -> okta.createSession(app, let.authorization(), let.proof()));
    }

    public static OktaCall startImport(String app, String session) {
        return change(
                "POST",
                path(OktaApi.START_IMPORT, app, session),
                (okta, let) -> okta.startImport(app, session, let.authorization(), let.proof()));
    }

    public static OktaCall cancelSession(String app, String session) {
        return change(
                "DELETE",
                path(OktaApi.SESSION, app, session),
                (okta, let) -> okta.cancelSession(app, session, let.authorization(), let.proof()));
    }

    /** A bulk request; {@code body} is not copied. */
    public static OktaCall upload(String app, String session, BulkOperation operation, List<ByteBuffer> body) {
        long length = body.stream().mapToLong(ByteBuffer::remaining).sum();
        return new OktaCall(
                "POST",
                path(OktaApi.BULK, app, session) + operation.path(),
                Optional.of(Scope.IDENTITY_SOURCES_MANAGE),
                false,
                (okta, let) -> upload(okta, operation)
                        .send(app, session, let.authorization(), let.proof(), length, content(body)));
    }

    /** The parts of a body, not copied, which only the deprecated way of making a buffer of them allows. */
    @SuppressWarnings("deprecation")
    private static Multi<Buffer> content(List<ByteBuffer> body) {
        return Multi.createFrom()
                .iterable(body)
                .map(part -> Buffer.newInstance(
                        io.vertx.core.buffer.Buffer.buffer(Unpooled.wrappedBuffer(part.duplicate()))));
    }

    private static Upload upload(OktaApi okta, BulkOperation operation) {
        return switch (operation) {
            case UPSERT_USERS -> okta::upsertUsers;
            case DELETE_USERS -> okta::deleteUsers;
            case UPSERT_GROUPS -> okta::upsertGroups;
            case DELETE_GROUPS -> okta::deleteGroups;
            case UPSERT_MEMBERSHIPS -> okta::upsertMemberships;
            case DELETE_MEMBERSHIPS -> okta::deleteMemberships;
        };
    }

    /** A page of the members of a group, at most 1,000; {@code after} is empty for the first. */
    public static OktaCall listGroupMembers(String app, String group, int limit, Optional<String> after) {
        // Encoded here, because an ID may hold characters that the REST client encodes in another way than the proof's
        // path.
        String encoded = PercentEncoding.of(group);
        return read(
                path(OktaApi.GROUP_MEMBERS, app, group),
                Scope.IDENTITY_SOURCES_READ,
                (okta, let) -> okta.listGroupMembers(
                        app, encoded, limit, after.orElse(null), let.authorization(), let.proof()));
    }

    /** A page of the Custom Identity Source applications; {@code after} is empty for the first. */
    public static OktaCall listApplications(int limit, Optional<String> after) {
        return read(
                OktaApi.APPLICATIONS,
                Scope.APPS_READ,
                (okta, let) -> okta.listApplications(
                        OktaApi.CUSTOM_IDENTITY_SOURCES, limit, after.orElse(null), let.authorization(), let.proof()));
    }

    /** A page of an application's users, at most 500; {@code after} is empty for the first. */
    public static OktaCall listApplicationUsers(String app, int limit, Optional<String> after) {
        return read(
                path(OktaApi.APPLICATION_USERS, app),
                Scope.APPS_READ,
                (okta, let) ->
                        okta.listApplicationUsers(app, limit, after.orElse(null), let.authorization(), let.proof()));
    }

    public static OktaCall getSchema(String app) {
        return read(
                path(OktaApi.SCHEMA, app),
                Scope.SCHEMAS_READ,
                (okta, let) -> okta.getSchema(app, let.authorization(), let.proof()));
    }

    /** A token request. It may be repeated: an unused token does no harm. */
    public static OktaCall token(String scopes, String assertion) {
        return new OktaCall(
                "POST",
                TOKEN_PATH,
                Optional.empty(),
                true,
                (okta, let) -> okta.requestToken(
                        let.proof(),
                        "client_credentials",
                        scopes,
                        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                        assertion));
    }

    private static OktaCall read(String path, Scope scope, Sender sender) {
        return new OktaCall("GET", path, Optional.of(scope), true, sender);
    }

    private static OktaCall change(String method, String path, Sender sender) {
        return new OktaCall(method, path, Optional.of(Scope.IDENTITY_SOURCES_MANAGE), false, sender);
    }

    /** A path of {@link OktaApi} with its parameters filled in, for proofs; for the call itself the REST client does this, and Okta's own IDs need no encoding. */
    private static String path(String template, String... parameters) {
        String path = template;
        for (String parameter : parameters) {
            path = path.replaceFirst("\\{[a-z]+}", PercentEncoding.of(parameter));
        }
        return path;
    }
}
