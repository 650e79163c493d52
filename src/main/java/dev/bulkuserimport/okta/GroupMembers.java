package dev.bulkuserimport.okta;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.problem.Problem;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Consumer;

/** The members of an identity source's groups, as Okta shows them. */
@Singleton
public class GroupMembers {

    /** Members that Okta returns in one page, at most. */
    private static final int PAGE = 1_000;

    /** As many people as a file may hold. */
    private static final int MOST_PAGES = 1_000_000 / PAGE;

    private final OktaPages pages;

    GroupMembers(OktaPages pages) {
        this.pages = pages;
    }

    /** How far a group's members were read. */
    public enum Look {
        /** To the end. */
        WHOLE,
        /** To the end, and the rest of Okta's rate limit has to be left to others: no other group may be read. */
        WHOLE_AND_LAST,
        /** Okta doesn't know the group. */
        UNKNOWN_GROUP,
        /** Until the rest of Okta's rate limit had to be left to others. */
        SPARED
    }

    /**
     * Passes on the external IDs of a group's members.
     *
     * @throws dev.bulkuserimport.problem.ProblemException {@code okta-unauthorized} where the scope is missing, {@code okta-unavailable} when
     *     there is no time left or the list breaks off
     */
    public Look look(String app, String group, Consumer<String> member, Deadline deadline) {
        Look[] look = {Look.WHOLE};
        boolean whole = pages.read(
                after -> OktaCall.listGroupMembers(app, group, PAGE, after),
                MOST_PAGES,
                page -> {
                    if (page.status() == 404) {
                        look[0] = Look.UNKNOWN_GROUP;
                        return -1;
                    }
                    int count = hand(page, member);
                    if (page.rateLimit().isNearlyUsedUp()) {
                        boolean last = LinkHeader.next(page.link()) instanceof LinkHeader.Next.None;
                        look[0] = last ? Look.WHOLE_AND_LAST : Look.SPARED;
                        return -1;
                    }
                    return count;
                },
                deadline);
        if (!whole) {
            throw unreadable().exception();
        }
        return look[0];
    }

    private static int hand(OktaReply.Answered page, Consumer<String> member) {
        if (!page.isSuccess()) {
            throw OktaProblems.rejected(OktaError.of(page)).exception();
        }
        Optional<JsonNode> members = OktaJson.tree(page.body()).map(tree -> tree.path("memberExternalIds"));
        if (members.filter(JsonNode::isArray).isEmpty()) {
            throw unreadable().exception();
        }
        members.get().forEach(id -> member.accept(id.asText()));
        return members.get().size();
    }

    private static Problem unreadable() {
        return OktaProblems.unreadable("a complete list of a group's members");
    }
}
