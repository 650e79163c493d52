package dev.bulkuserimport.support;

import dev.bulkuserimport.report.FileSession;
import dev.bulkuserimport.report.SessionLife;
import java.util.Optional;

/** Sessions of a file that has only users. */
public final class Sessions {

    private Sessions() {}

    public static FileSession planned(int number, int users, int deactivations, int requests, int first, int last) {
        return new FileSession(
                number,
                users,
                deactivations,
                requests,
                first,
                last,
                Optional.empty(),
                Optional.empty(),
                new SessionLife.Planned());
    }
}
