package dev.bulkuserimport.upload;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.config.Settings;
import dev.bulkuserimport.okta.Credentials;
import dev.bulkuserimport.okta.OktaConnection;
import dev.bulkuserimport.okta.Sessions;
import dev.bulkuserimport.plan.SessionPlan;
import jakarta.inject.Singleton;

/** Uploads plans to sessions, and remembers for the instance how many concurrent requests Okta handled. */
@Singleton
public class Uploads {

    private final OktaConnection connection;
    private final Credentials credentials;
    private final Sessions sessions;
    private final int mostAtOnce;
    private volatile int widthFound = Width.START;

    Uploads(OktaConnection connection, Credentials credentials, Sessions sessions, Settings settings) {
        this.connection = connection;
        this.credentials = credentials;
        this.sessions = sessions;
        this.mostAtOnce = settings.parallelRequests();
    }

    /** Sends all requests of a plan to an open session of {@code app}. Whatever happens, the result accounts for every record. */
    public UploadResult send(SessionPlan plan, String app, String session, Deadline deadline) {
        Width width = new Width(mostAtOnce, widthFound);
        UploadResult result = new UploadRun(
                        connection, credentials, new SessionLookup(sessions, app, session), plan, width, deadline)
                .execute();
        widthFound = width.now();
        return result;
    }
}
