package dev.bulkuserimport.okta;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.rules.StandardProperty;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Lists an application's users page by page (scope {@code okta.apps.read}), holding no more than one page in memory. */
@Singleton
public class ApplicationUsers {

    /** Okta's maximum per page. */
    private static final int PAGE = 500;

    /** Twice the pages of the largest file that can be imported. */
    private static final int MOST_PAGES = 2 * 1_000_000 / PAGE;

    private static final String USER_NAME = StandardProperty.USER_NAME.propertyName();

    private final OktaPages pages;

    ApplicationUsers(OktaPages pages) {
        this.pages = pages;
    }

    /**
     * Passes on every user that Okta lists, in Okta's order, with the profile.
     *
     * @throws dev.bulkuserimport.problem.ProblemException {@code okta-unauthorized} where the scope is missing,
     *     {@code application-not-found}, {@code okta-unavailable} when there is no time left or the list breaks off, in which case not all
     *     users were passed on
     */
    public void read(String app, Consumer<ApplicationUser> users, Deadline deadline) {
        boolean whole = pages.read(
                after -> OktaCall.listApplicationUsers(app, PAGE, after),
                MOST_PAGES,
                page -> hand(accepted(page, app), users, true),
                deadline);
        if (!whole) {
            throw brokenOff();
        }
    }

    /** How far the list was read. */
    public enum Look {
        /** To its end. */
        WHOLE,
        /** As far as requested. */
        ENOUGH,
        /** Until the rest of Okta's rate limit had to be left to others. */
        SPARED
    }

    /**
     * Passes on users until the list ends, no more are wanted, or nine tenths of the rate limit are used: this read must not keep the next
     * import waiting.
     *
     * @param enough asked after each page
     * @throws dev.bulkuserimport.problem.ProblemException as for {@link #read}
     */
    public Look look(String app, Consumer<ApplicationUser> users, BooleanSupplier enough, Deadline deadline) {
        Look[] look = {Look.WHOLE};
        boolean whole = pages.read(
                after -> OktaCall.listApplicationUsers(app, PAGE, after),
                MOST_PAGES,
                page -> {
                    int count = hand(accepted(page, app), users, false);
                    if (LinkHeader.next(page.link()) instanceof LinkHeader.Next.None) {
                        return count;
                    }
                    look[0] = enough.getAsBoolean()
                            ? Look.ENOUGH
                            : page.rateLimit().isNearlyUsedUp() ? Look.SPARED : Look.WHOLE;
                    return look[0] == Look.WHOLE ? count : -1;
                },
                deadline);
        if (!whole) {
            throw brokenOff();
        }
        return look[0];
    }

    private static ProblemException brokenOff() {
        return OktaProblems.unreadable("a complete list of the application's users")
                .exception();
    }

    private static OktaReply.Answered accepted(OktaReply.Answered page, String app) {
        if (page.status() == 404) {
            throw OktaError.of(page).addTo(OktaProblems.unknownApplication(app)).exception();
        }
        if (!page.isSuccess()) {
            throw OktaProblems.rejected(OktaError.of(page)).exception();
        }
        return page;
    }

    private static int hand(OktaReply.Answered page, Consumer<ApplicationUser> users, boolean profiles) {
        int count = 0;
        try (JsonParser json = OktaJson.parser(page.body())) {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                throw OktaProblems.unreadable("a list of application users").exception();
            }
            while (json.nextToken() == JsonToken.START_OBJECT) {
                users.accept(user(json, profiles));
                count++;
            }
            if (json.currentToken() != JsonToken.END_ARRAY) {
                throw OktaProblems.unreadable("a list of application users").exception();
            }
        } catch (IOException e) {
            throw OktaProblems.unreadable("a list of application users").exception();
        }
        return count;
    }

    /** The parser is at the start of the user, and at its end afterwards. */
    private static ApplicationUser user(JsonParser json, boolean profiles) throws IOException {
        Optional<String> externalId = Optional.empty();
        Optional<String> status = Optional.empty();
        Map<String, String> profile = Map.of();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "externalId" -> externalId = text(json);
                case "status" -> status = text(json);
                case "profile" -> profile = profile(json, profiles);
                default -> json.skipChildren();
            }
        }
        Optional<String> userName = Optional.ofNullable(profile.get(USER_NAME));
        return new ApplicationUser(externalId, status.orElse(""), userName, profiles ? profile : Map.of());
    }

    /** The properties with a single value, or only the login where the others don't matter. */
    private static Map<String, String> profile(JsonParser json, boolean all) throws IOException {
        Map<String, String> profile = new LinkedHashMap<>();
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return profile;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (value.isScalarValue() && value != JsonToken.VALUE_NULL && (all || name.equals(USER_NAME))) {
                profile.put(name, json.getText());
            } else {
                json.skipChildren();
            }
        }
        return profile;
    }

    private static Optional<String> text(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            return Optional.of(json.getText());
        }
        json.skipChildren();
        return Optional.empty();
    }
}
