package dev.bulkuserimport.okta;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Answers as Okta and what stands in front of it give them. */
public final class Answers {

    private Answers() {}

    public static OktaReply.Answered of(int status, String body) {
        return of(status, body.getBytes(StandardCharsets.UTF_8));
    }

    public static OktaReply.Answered of(int status, byte[] body) {
        return with(status, body, RateLimit.UNTOLD, Optional.empty());
    }

    public static OktaReply.Answered error(int status, String code, String summary) {
        return of(
                status,
                "{\"errorCode\":\"" + code + "\",\"errorSummary\":\"" + summary
                        + "\",\"errorId\":\"oae1\",\"errorCauses\":[]}");
    }

    public static OktaReply.Answered page(int status) {
        return of(status, "<html><body>Access denied by policy 4711</body></html>");
    }

    public static OktaReply.Answered tooMany(long limit, long remaining, long seconds) {
        RateLimit rate = new RateLimit(
                OptionalLong.of(limit), OptionalLong.of(remaining), Optional.of(Duration.ofSeconds(seconds)));
        return with(429, new byte[0], rate, Optional.empty());
    }

    public static OktaReply.Answered retryAfter(int status, long seconds) {
        return with(status, new byte[0], RateLimit.UNTOLD, Optional.of(Duration.ofSeconds(seconds)));
    }

    private static OktaReply.Answered with(int status, byte[] body, RateLimit limit, Optional<Duration> retryAfter) {
        return new OktaReply.Answered(
                status,
                body,
                limit,
                retryAfter,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Duration.ZERO,
                Optional.empty());
    }
}
