package dev.bulkuserimport.card;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.okta.NoAnswerException;
import dev.bulkuserimport.okta.OktaCall;
import dev.bulkuserimport.okta.OktaError;
import dev.bulkuserimport.okta.OktaJson;
import dev.bulkuserimport.okta.OktaPages;
import dev.bulkuserimport.okta.OktaProblems;
import dev.bulkuserimport.okta.OktaReply;
import dev.bulkuserimport.rules.OktaId;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The card's Application option: the org's active Custom Identity Source applications. */
@Singleton
public class Applications {

    /** The most applications that the card lists. */
    static final int MOST = 100;

    /** The card gives up after about this time and lets its user enter an ID instead. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** The most pages that are read: inactive applications fill some, but no org has thousands. */
    private static final int MOST_PAGES = 20;

    private final OktaPages pages;

    Applications(OktaPages pages) {
        this.pages = pages;
    }

    /** An application as the card shows it. */
    public record Application(String id, String label) {}

    /**
     * The option's choices.
     *
     * @param applications at most 100
     * @param enterApplicationId whether Okta did not answer in time, so that an ID has to be entered
     */
    public record Choices(List<Application> applications, boolean enterApplicationId) {}

    public Choices list(Deadline deadline) {
        try {
            return new Choices(read(deadline.within(PATIENCE)), false);
        } catch (NoAnswerException e) {
            return new Choices(List.of(), true);
        }
    }

    private List<Application> read(Deadline deadline) {
        List<Application> applications = new ArrayList<>();
        pages.read(
                after -> OktaCall.listApplications(MOST, after),
                MOST_PAGES,
                page -> {
                    int entries = add(page, applications);
                    return applications.size() < MOST ? entries : -1;
                },
                deadline);
        return applications;
    }

    /** Adds the active Custom Identity Sources of a page. Returns how many entries the page has. */
    private static int add(OktaReply.Answered page, List<Application> applications) {
        if (!page.isSuccess()) {
            throw OktaProblems.rejected(OktaError.of(page)).exception();
        }
        JsonNode entries = OktaJson.tree(page.body())
                .filter(JsonNode::isArray)
                .orElseThrow(() -> new NoAnswerException(OktaProblems.unreadable("a list of applications")));
        for (JsonNode application : entries) {
            boolean active = application.path("status").asText("ACTIVE").equals("ACTIVE");
            boolean source =
                    application.path("name").asText("custom_identity_source").equals("custom_identity_source");
            String id = application.path("id").asText("");
            if (active && source && OktaId.isValid(id) && applications.size() < MOST) {
                applications.add(new Application(id, application.path("label").asText(id)));
            }
        }
        return entries.size();
    }
}
