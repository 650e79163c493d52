package dev.bulkuserimport.okta;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * The endpoints of Okta's management API that an import needs. Bodies are bytes in both directions: requests are ready when they come
 * here, and the client sends them from where they are; an answer may be JSON, HTML or nothing.
 */
@Path("/")
public interface OktaApi {

    @GET
    @Path("/api/v1/identity-sources/{app}/sessions")
    Uni<RestResponse<byte[]>> listSessions(
            @HeaderParam("Authorization") String authorization,
            @HeaderParam("DPoP") String proof,
            @PathParam("app") String app);

    @POST
    @Path("/api/v1/identity-sources/{app}/sessions")
    Uni<RestResponse<byte[]>> createSession(
            @HeaderParam("Authorization") String authorization,
            @HeaderParam("DPoP") String proof,
            @PathParam("app") String app);

    @GET
    @Path("/api/v1/identity-sources/{app}/sessions/{session}")
    Uni<RestResponse<byte[]>> getSession(
            @HeaderParam("Authorization") String authorization,
            @HeaderParam("DPoP") String proof,
            @PathParam("app") String app,
            @PathParam("session") String session);

    @DELETE
    @Path("/api/v1/identity-sources/{app}/sessions/{session}")
    Uni<RestResponse<byte[]>> cancelSession(
            @HeaderParam("Authorization") String authorization,
            @HeaderParam("DPoP") String proof,
            @PathParam("app") String app,
            @PathParam("session") String session);

    @POST
    @Path("/api/v1/identity-sources/{app}/sessions/{session}/start-import")
    Uni<RestResponse<byte[]>> startImport(
            @HeaderParam("Authorization") String authorization,
            @HeaderParam("DPoP") String proof,
            @PathParam("app") String app,
            @PathParam("session") String session);

    @POST
    @Path("/api/v1/identity-sources/{app}/sessions/{session}/{bulk}")
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<RestResponse<byte[]>> upload(
            @HeaderParam("Authorization") String authorization,
            @HeaderParam("DPoP") String proof,
            @PathParam("app") String app,
            @PathParam("session") String session,
            @PathParam("bulk") String bulk,
            @HeaderParam("Content-Length") int length,
            Multi<Buffer> body);

    @GET
    @Path("/api/v1/apps")
    Uni<RestResponse<byte[]>> listApplications(
            @HeaderParam("Authorization") String authorization,
            @HeaderParam("DPoP") String proof,
            @QueryParam("filter") String filter,
            @QueryParam("limit") int limit,
            @QueryParam("after") String after);

    @GET
    @Path("/api/v1/meta/schemas/apps/{app}/default")
    Uni<RestResponse<byte[]>> getSchema(
            @HeaderParam("Authorization") String authorization,
            @HeaderParam("DPoP") String proof,
            @PathParam("app") String app);

    @POST
    @Path("/oauth2/v1/token")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    Uni<RestResponse<byte[]>> token(@HeaderParam("DPoP") String proof, String form);
}
