package dev.bulkuserimport.benchmark;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.okta.sdk.authc.credentials.TokenClientCredentials;
import com.okta.sdk.client.Clients;
import com.okta.sdk.resource.api.IdentitySourceApi;
import com.okta.sdk.resource.client.ApiClient;
import com.okta.sdk.resource.client.ApiException;
import com.okta.sdk.resource.model.BulkUpsertRequestBody;
import com.okta.sdk.resource.model.BulkUpsertRequestBodyProfilesInner;
import com.okta.sdk.resource.model.IdentitySourceUserProfileForUpsert;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The importer that any user could write on Okta's Java SDK: five requests at once, no checks, and no custom properties, which it drops. */
public final class SdkImportHandler implements RequestStreamHandler {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGE = 200;

    private final IdentitySourceApi api;
    private final ExecutorService threads = Executors.newFixedThreadPool(5, task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    });

    public SdkImportHandler() {
        ApiClient client = Clients.builder()
                .setOrgUrl(System.getenv("OKTA_CLIENT_ORGURL"))
                .setClientCredentials(new TokenClientCredentials(System.getenv("OKTA_CLIENT_TOKEN")))
                .build();
        api = new IdentitySourceApi(client);
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        JsonNode payload = JSON.readTree(input);
        String app = payload.get("applicationId").asText();
        String session = payload.get("sessionId").asText();
        try {
            api.getIdentitySourceSession(app, session);
            List<Future<?>> uploads = new ArrayList<>();
            JsonNode users = payload.get("users");
            for (int from = 0; from < users.size(); from += PAGE) {
                BulkUpsertRequestBody body = new BulkUpsertRequestBody();
                body.setEntityType(BulkUpsertRequestBody.EntityTypeEnum.USERS);
                for (int i = from; i < Math.min(users.size(), from + PAGE); i++) {
                    body.addprofilesItem(user(users.get(i)));
                }
                uploads.add(threads.submit(() -> {
                    api.uploadIdentitySourceDataForUpsert(app, session, body);
                    return null;
                }));
            }
            for (Future<?> upload : uploads) {
                upload.get();
            }
            output.write(("{\"recordsImported\":" + users.size() + "}").getBytes(StandardCharsets.UTF_8));
        } catch (ApiException | ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static BulkUpsertRequestBodyProfilesInner user(JsonNode json) {
        JsonNode given = json.get("profile");
        IdentitySourceUserProfileForUpsert profile = new IdentitySourceUserProfileForUpsert();
        profile.setUserName(given.path("userName").asText());
        profile.setEmail(given.path("email").asText());
        profile.setFirstName(given.path("firstName").asText());
        profile.setLastName(given.path("lastName").asText());
        profile.setMobilePhone(given.path("mobilePhone").asText());
        profile.setHomeAddress(given.path("homeAddress").asText());
        BulkUpsertRequestBodyProfilesInner user = new BulkUpsertRequestBodyProfilesInner();
        user.setExternalId(json.get("externalId").asText());
        user.setProfile(profile);
        return user;
    }
}
