package dev.bulkuserimport.report;

import dev.bulkuserimport.problem.NotImported;
import java.util.Optional;

/**
 * One session of a file: the users that belong into it, and how far it is.
 *
 * @param number from 1
 * @param users upserts and deletes
 * @param deactivations how many of them are deactivated
 * @param requests bulk requests
 * @param first the place of its first user: a line in a file of lines, else an index
 * @param last the place of its last user
 * @param life how far it is
 */
public record FileSession(
        int number, int users, int deactivations, int requests, int first, int last, SessionLife life) {

    public static FileSession planned(int number, int users, int deactivations, int requests, int first, int last) {
        return new FileSession(number, users, deactivations, requests, first, last, new SessionLife.Planned());
    }

    public FileSession with(SessionLife next) {
        return new FileSession(number, users, deactivations, requests, first, last, next);
    }

    public SessionState state() {
        return life.state();
    }

    public Optional<String> sessionId() {
        return life.sessionId();
    }

    public int recordsImported() {
        return life.records();
    }

    /** Whether all of its users are in Okta, and nothing more has to be sent. */
    public boolean isSent() {
        return life.state().isSent();
    }

    /** All its users, as not certainly imported. */
    public NotImported range(NotImported.Outcome outcome) {
        return new NotImported(first, last, users, outcome);
    }
}
