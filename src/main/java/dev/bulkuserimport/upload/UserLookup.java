package dev.bulkuserimport.upload;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.okta.ApplicationUsers;
import dev.bulkuserimport.okta.Scope;
import dev.bulkuserimport.plan.BulkRequest;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What became of an import's users, as far as Okta shows it and the time allows. */
@Singleton
public class UserLookup {

    /** External IDs that are named of those whom Okta doesn't show. */
    private static final int NAMED = 100;

    private final ApplicationUsers applicationUsers;

    UserLookup(ApplicationUsers applicationUsers) {
        this.applicationUsers = applicationUsers;
    }

    /** Gives the sessions of an import once more. */
    @FunctionalInterface
    public interface Sent {

        /** @throws IOException when it can't be had any more */
        SessionPlan session(int number) throws IOException;
    }

    /**
     * What Okta shows.
     *
     * @param byStatus how many of the users, by Okta's status
     * @param notShown how many users were not found among those that Okta listed
     * @param notShownIds external IDs of the first 100 of those; empty where not all of the list was read, for then nobody knows
     * @param partial why this is not all that there is to know; empty when it is
     */
    public record Sighting(
            Map<String, Integer> byStatus, int notShown, List<String> notShownIds, Optional<String> partial) {}

    /**
     * Looks for the users of an import's sessions.
     *
     * @param kind those who were created and updated, or those who were deactivated
     * @param sessions the numbers of the sessions that Okta has finished
     * @return always something: what can't be known is said as such
     */
    public Sighting look(String app, BulkRequest.Kind kind, List<Integer> sessions, Sent sent, Deadline deadline) {
        UserSearch search = new UserSearch(kind);
        try {
            for (int number : sessions) {
                SessionPlan plan = sent.session(number);
                search.add(plan);
                if (deadline.isOver()) {
                    return nothing("There was no time to look for the users among Okta's.");
                }
            }
        } catch (IOException | ProblemException e) {
            return nothing("The users that were sent could not be read once more, so nobody looked for them in Okta.");
        }
        try {
            applicationUsers.readUntil(
                    app,
                    user -> search.shown(user.externalId(), user.userName(), user.status()),
                    search::isDone,
                    deadline);
        } catch (ProblemException e) {
            return new Sighting(search.byStatus(), search.notShown(), List.of(), Optional.of(why(e.problem())));
        }
        return whole(search, sessions, sent);
    }

    private static Sighting whole(UserSearch search, List<Integer> sessions, Sent sent) {
        List<String> missing = new ArrayList<>();
        try {
            for (int number : sessions) {
                if (search.notShown() > missing.size() && missing.size() < NAMED) {
                    missing.addAll(search.notShown(sent.session(number), NAMED - missing.size()));
                }
            }
        } catch (IOException | ProblemException e) {
            return new Sighting(
                    search.byStatus(),
                    search.notShown(),
                    missing,
                    Optional.of("The external IDs of those whom Okta does not show could not be read once more."));
        }
        return new Sighting(search.byStatus(), search.notShown(), missing, Optional.empty());
    }

    private static Sighting nothing(String why) {
        return new Sighting(Map.of(), 0, List.of(), Optional.of(why));
    }

    private static String why(Problem problem) {
        if (problem.type() == ProblemType.OKTA_UNAUTHORIZED) {
            return "Okta's application users may not be read: the scope " + Scope.APPS_READ.value()
                    + " or the permission for it is missing.";
        }
        return "Okta's application users could not be read to their end in the time that was left ("
                + problem.type().slug() + "), so those who were not found may be there.";
    }
}
