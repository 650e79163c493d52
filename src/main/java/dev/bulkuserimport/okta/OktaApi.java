package dev.bulkuserimport.okta;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/**
 * The part of Okta's API that an import needs. Every answer is returned unchanged, whatever its status. Headers and query parameters that
 * are null are left out.
 *
 * <p>A bulk request's body is sent without copying, which needs {@code Content-Length}: without it the REST client would send the body
 * chunked.
 *
 * <p>Source: Okta's management API reference, "Identity Sources", "Applications", "Schemas" and "OpenID Connect &amp; OAuth 2.0".
 */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
interface OktaApi {

    String AUTHORIZATION = "Authorization";
    String DPOP = "DPoP";
    String LENGTH = "Content-Length";

    String TOKEN = "/oauth2/v1/token";
    String APPLICATIONS = "/api/v1/apps";
    String APPLICATION_USERS = APPLICATIONS + "/{app}/users";
    String SCHEMA = "/api/v1/meta/schemas/apps/{app}/default";
    /** Okta's documentation encodes a space as {@code %20}; the REST client would write a plus sign. */
    String CUSTOM_IDENTITY_SOURCES = "name%20eq%20%22custom_identity_source%22";

    String GROUP_MEMBERS = "/api/v1/identity-sources/{app}/groups/{group}/membership";
    String SESSIONS = "/api/v1/identity-sources/{app}/sessions";
    String SESSION = SESSIONS + "/{session}";
    String START_IMPORT = SESSION + "/start-import";
    String BULK = SESSION + "/";

    /** 200 with the sessions; 404 for an unknown application. */
    @GET
    @Path(SESSIONS)
    Uni<Response> listSessions(
            @PathParam("app") String app,
            @Nullable @HeaderParam(AUTHORIZATION) String authorization,
            @Nullable @HeaderParam(DPOP) String proof);

    /** 201 with the session; 400 while another one is active. */
    @POST
    @Path(SESSIONS)
    Uni<Response> createSession(
            @PathParam("app") String app,
            @Nullable @HeaderParam(AUTHORIZATION) String authorization,
            @Nullable @HeaderParam(DPOP) String proof);

    /** 200 with the session; 404 or 400 for an unknown one. */
    @GET
    @Path(SESSION)
    Uni<Response> getSession(
            @PathParam("app") String app,
            @PathParam("session") String session,
            @Nullable @HeaderParam(AUTHORIZATION) String authorization,
            @Nullable @HeaderParam(DPOP) String proof);

    /** 204; 400 if the session's state doesn't allow it. */
    @DELETE
    @Path(SESSION)
    Uni<Response> cancelSession(
            @PathParam("app") String app,
            @PathParam("session") String session,
            @Nullable @HeaderParam(AUTHORIZATION) String authorization,
            @Nullable @HeaderParam(DPOP) String proof);

    /** 200 with the session; 400 if nothing was uploaded. */
    @POST
    @Path(START_IMPORT)
    Uni<Response> startImport(
            @PathParam("app") String app,
            @PathParam("session") String session,
            @Nullable @HeaderParam(AUTHORIZATION) String authorization,
            @Nullable @HeaderParam(DPOP) String proof);

    /** 202 without a body, as for all six kinds of bulk requests. */
    @POST
    @Path(BULK + "bulk-upsert")
    Uni<Response> upsertUsers(
            @PathParam("app") String app,
            @PathParam("session") String session,
            @Nullable @HeaderParam(AUTHORIZATION) String authorization,
            @Nullable @HeaderParam(DPOP) String proof,
            @HeaderParam(LENGTH) long length,
            Multi<Buffer> body);

    @POST
    @Path(BULK + "bulk-delete")
    Uni<Response> deleteUsers(
            @PathParam("app") String app,
            @PathParam("session") String session,
            @Nullable @HeaderParam(AUTHORIZATION) String authorization,
            @Nullable @HeaderParam(DPOP) String proof,
            @HeaderParam(LENGTH) long length,
            Multi<Buffer> body);

    @POST
    @Path(BULK + "bulk-groups-upsert")
    Uni<Response> upsertGroups(
            @PathParam("app") String app,
            @PathParam("session") String session,
            @Nullable @HeaderParam(AUTHORIZATION) String authorization,
            @Nullable @HeaderParam(DPOP) String proof,
            @HeaderParam(LENGTH) long length,
            Multi<Buffer> body);

    @POST
    @Path(BULK + "bulk-groups-delete")
    Uni<Response> deleteGroups(
            @PathParam("app") String app,
            @PathParam("session") String session,
            @Nullable @HeaderParam(AUTHORIZATION) String authorization,
            @Nullable @HeaderParam(DPOP) String proof,
            @HeaderParam(LENGTH) long length,
            Multi<Buffer> body);

    @POST
    @Path(BULK + "bulk-group-memberships-upsert")
    Uni<Response> upsertMemberships(
            @PathParam("app") String app,
            @PathParam("session") String session,
            @Nullable @HeaderParam(AUTHORIZATION) String authorization,
            @Nullable @HeaderParam(DPOP) String proof,
            @HeaderParam(LENGTH) long length,
            Multi<Buffer> body);

    @POST
    @Path(BULK + "bulk-group-memberships-delete")
    Uni<Response> deleteMemberships(
            @PathParam("app") String app,
            @PathParam("session") String session,
            @Nullable @HeaderParam(AUTHORIZATION) String authorization,
            @Nullable @HeaderParam(DPOP) String proof,
            @HeaderParam(LENGTH) long length,
            Multi<Buffer> body);

    /**
     * 200 with at most 1,000 members; the next page is in {@code Link}.
     *
     * @param group already encoded, exactly as in the proof of possession
     */
    @GET
    @Path(GROUP_MEMBERS)
    Uni<Response> listGroupMembers(
            @PathParam("app") String app,
            @Encoded @PathParam("group") String group,
            @QueryParam("limit") int limit,
            @Nullable @QueryParam("after") String after,
            @Nullable @HeaderParam(AUTHORIZATION) String authorization,
            @Nullable @HeaderParam(DPOP) String proof);

    /**
     * 200 with applications; the next page is in {@code Link}.
     *
     * @param filter already encoded, for example {@link #CUSTOM_IDENTITY_SOURCES}
     */
    @GET
    @Path(APPLICATIONS)
    Uni<Response> listApplications(
            @Encoded @QueryParam("filter") String filter,
            @QueryParam("limit") int limit,
            @Nullable @QueryParam("after") String after,
            @Nullable @HeaderParam(AUTHORIZATION) String authorization,
            @Nullable @HeaderParam(DPOP) String proof);

    /** 200 with at most 500 users; the next page is in {@code Link}. */
    @GET
    @Path(APPLICATION_USERS)
    Uni<Response> listApplicationUsers(
            @PathParam("app") String app,
            @QueryParam("limit") int limit,
            @Nullable @QueryParam("after") String after,
            @Nullable @HeaderParam(AUTHORIZATION) String authorization,
            @Nullable @HeaderParam(DPOP) String proof);

    /** 200 with the profile's {@code definitions}. */
    @GET
    @Path(SCHEMA)
    Uni<Response> getSchema(
            @PathParam("app") String app,
            @Nullable @HeaderParam(AUTHORIZATION) String authorization,
            @Nullable @HeaderParam(DPOP) String proof);

    /** 200 with a token; 400 with a {@code DPoP-Nonce} that the next proof must hold. */
    @POST
    @Path(TOKEN)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    Uni<Response> requestToken(
            @Nullable @HeaderParam(DPOP) String proof,
            @FormParam("grant_type") String grantType,
            @FormParam("scope") String scope,
            @FormParam("client_assertion_type") String assertionType,
            @FormParam("client_assertion") String assertion);
}
