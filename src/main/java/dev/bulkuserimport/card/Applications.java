package dev.bulkuserimport.card;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.okta.OktaCall;
import dev.bulkuserimport.okta.OktaError;
import dev.bulkuserimport.okta.OktaExchange;
import dev.bulkuserimport.okta.OktaRefusal;
import dev.bulkuserimport.okta.OktaReply;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The card's Application option: the org's active Custom Identity Source applications. */
@Singleton
public class Applications {

    /** The card lists no more. */
    static final int MOST = 100;

    /** The card gives up at about this time and lets its user enter an id instead. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Pattern NEXT = Pattern.compile("<[^>]*[?&]after=([^&>]+)[^>]*>\\s*;\\s*rel=\"next\"");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final OktaExchange okta;

    Applications(OktaExchange okta) {
        this.okta = okta;
    }

    /** An application as the card shows it. */
    public record Application(String id, String label) {}

    /**
     * The option's choices.
     *
     * @param applications at most 100
     * @param enterApplicationId whether Okta did not answer in time, so that an id has to be entered
     */
    public record Choices(List<Application> applications, boolean enterApplicationId) {}

    public Choices list(Deadline deadline) {
        try {
            return new Choices(read(deadline.within(PATIENCE)), false);
        } catch (ProblemException e) {
            boolean answered = e.problem().more().containsKey(OktaError.STATUS);
            if (e.problem().type() == ProblemType.OKTA_UNAVAILABLE && !answered) {
                return new Choices(List.of(), true);
            }
            throw e;
        }
    }

    private List<Application> read(Deadline deadline) {
        List<Application> applications = new ArrayList<>();
        String after = null;
        do {
            OktaReply.Answered answer = okta.execute(OktaCall.listApplications(MOST, after), deadline);
            if (!answer.isSuccess()) {
                throw OktaRefusal.rejected(OktaError.of(answer)).exception();
            }
            add(answer.body(), applications);
            after = next(answer.link());
        } while (after != null && applications.size() < MOST);
        return applications;
    }

    private static void add(byte[] page, List<Application> applications) {
        try {
            for (JsonNode application : JSON.readTree(page)) {
                boolean active = application.path("status").asText("ACTIVE").equals("ACTIVE");
                boolean source = application
                        .path("name")
                        .asText("custom_identity_source")
                        .equals("custom_identity_source");
                if (active && source && applications.size() < MOST) {
                    applications.add(new Application(
                            application.path("id").asText(),
                            application.path("label").asText()));
                }
            }
        } catch (IOException e) {
            throw Problem.of(ProblemType.OKTA_REJECTED, "Okta's answer is not a list of applications.")
                    .exception();
        }
    }

    private static String next(String link) {
        Matcher next = NEXT.matcher(link == null ? "" : link);
        return next.find() ? URLDecoder.decode(next.group(1), StandardCharsets.UTF_8) : null;
    }
}
