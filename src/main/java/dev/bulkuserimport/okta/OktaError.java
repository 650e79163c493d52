package dev.bulkuserimport.okta;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bulkuserimport.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Okta's error document, or what is known about an answer without one. Its texts contain no values; Okta's original wording can be tested
 * but not read.
 */
public final class OktaError {

    // Source: "Okta error codes and descriptions" in Okta's developer documentation.
    private static final String PERMISSION = "E0000006";
    private static final String INVALID_TOKEN = "E0000011";
    private static final String FEATURE_OFF = "E0000015";

    /** "The entity is not in the expected state for the requested transition" and "App instance operation not allowed". */
    private static final Set<String> WRONG_STATE = Set.of("E0000107", "E0000143");

    /** How Okta's text says that an application is inactive; there is no error code for it. */
    private static final Pattern INACTIVE =
            Pattern.compile("\\b(inactive|not active|deactivated|disabled)\\b", Pattern.CASE_INSENSITIVE);

    private static final Pattern APPLICATION =
            Pattern.compile("\\b(app|application|identity ?source(?! ?session))\\b", Pattern.CASE_INSENSITIVE);

    private static final int MOST_CAUSES = 20;

    /** Okta's own format, {@code E0000001}, and that of OAuth, {@code invalid_client} (RFC 6749, section 5.2). */
    private static final Pattern CODE = Pattern.compile("E\\d{7}|[a-z][a-z_]{2,40}");

    /** Okta's error and request IDs. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{4,64}");

    private final int status;
    private final Optional<String> code;
    private final Optional<String> said;
    private final List<String> causes;
    private final int causesCount;
    private final Optional<String> id;
    private final boolean lacksScope;

    private OktaError(
            int status,
            Optional<String> code,
            Optional<String> said,
            List<String> causes,
            int causesCount,
            Optional<String> id,
            boolean lacksScope) {
        this.status = status;
        this.code = code;
        this.said = said;
        this.causes = causes;
        this.causesCount = causesCount;
        this.id = id;
        this.lacksScope = lacksScope;
    }

    public static OktaError of(OktaReply.Answered answer) {
        Optional<String> requestId = answer.requestId().filter(OktaError::isId);
        Optional<JsonNode> document = OktaJson.object(answer.body());
        if (document.isEmpty()) {
            return new OktaError(answer.status(), Optional.empty(), Optional.empty(), List.of(), 0, requestId, false);
        }
        JsonNode error = document.get();
        Optional<String> oktas = text(error, "errorCode").filter(OktaError::isCode);
        Optional<String> oauths = text(error, "error").filter(OktaError::isCode);
        List<String> causes = new ArrayList<>();
        for (JsonNode cause : error.path("errorCauses")) {
            text(cause, "errorSummary").ifPresent(causes::add);
        }
        return new OktaError(
                answer.status(),
                oktas.or(() -> oauths),
                text(error, oktas.isPresent() || oauths.isEmpty() ? "errorSummary" : "error_description"),
                causes.stream().limit(MOST_CAUSES).map(OktaWords::withoutValues).toList(),
                causes.size(),
                text(error, "errorId").filter(OktaError::isId).or(() -> requestId),
                answer.lacksScope());
    }

    /** The answer's HTTP status. */
    public int status() {
        return status;
    }

    /** For example {@code E0000001}, or {@code invalid_client} from the token endpoint. */
    public Optional<String> code() {
        return code;
    }

    /** Okta's summary, without anything that could be a value. */
    public Optional<String> summary() {
        return said.map(OktaWords::withoutValues);
    }

    /** The ID that Okta Support asks for. */
    public Optional<String> id() {
        return id;
    }

    /** Whether this is the token endpoint's error document, or Okta's, and not a page from something in front of it. */
    public boolean isOktas() {
        return code.isPresent();
    }

    /**
     * Whether this is Okta's error document for a call that needs {@code scope}. Only the token endpoint, which needs none, answers with
     * OAuth's codes, which a gateway's JSON may have too.
     */
    boolean isOktas(Optional<Scope> scope) {
        return scope.isPresent() ? hasOktaCode() : isOktas();
    }

    /** Whether Okta refuses because the org doesn't have the feature. */
    public boolean isFeatureOff() {
        return is(FEATURE_OFF);
    }

    /** Whether the document has a code in Okta's own format. A gateway's JSON may have a member {@code error}, as OAuth errors do. */
    boolean hasOktaCode() {
        return code.filter(name -> name.startsWith("E")).isPresent();
    }

    /** Whether the credentials are valid but not permitted to do this: a scope, an admin role or a network zone is missing. */
    boolean isPermission() {
        return is(PERMISSION);
    }

    /** Whether a missing scope is the only reason. */
    boolean lacksScope() {
        return lacksScope;
    }

    /** Whether the token is invalid or has expired. */
    boolean isInvalidToken() {
        return is(INVALID_TOKEN);
    }

    /** Whether Okta refuses because the application is inactive; retrying doesn't help. */
    boolean isInactiveApplication() {
        return code.filter(WRONG_STATE::contains).isPresent()
                || hasOktaCode()
                        && Stream.concat(said.stream(), causes.stream())
                                .anyMatch(sentence ->
                                        APPLICATION.matcher(sentence).find()
                                                && INACTIVE.matcher(sentence).find());
    }

    private boolean is(String expected) {
        return code.filter(expected::equals).isPresent();
    }

    /** Whether Okta's original summary contains a text, ignoring case; for decisions only. */
    public boolean says(String text) {
        return said.filter(sentence -> sentence.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT)))
                .isPresent();
    }

    /** Adds Okta's error to a problem. */
    public Problem addTo(Problem problem) {
        return problem.with("oktaStatus", status)
                .with("errorCode", code)
                .with("errorSummary", summary())
                .with("errorCauses", Optional.of(causes).filter(sentences -> !sentences.isEmpty()))
                .with("errorCausesCount", Optional.of(causesCount).filter(all -> all > causes.size()))
                .with("errorId", id);
    }

    /** Okta's answer in a few words of our own. */
    public String sentence() {
        return answered() + code.map(name -> " " + name).orElse("");
    }

    /** The same without the code, which may not be Okta's own. */
    String answered() {
        return "Okta answered " + status;
    }

    @Override
    public String toString() {
        return sentence();
    }

    private static boolean isCode(String text) {
        return CODE.matcher(text).matches();
    }

    private static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    private static Optional<String> text(JsonNode error, String field) {
        return Optional.ofNullable(error.get(field)).filter(JsonNode::isTextual).map(JsonNode::asText);
    }
}
