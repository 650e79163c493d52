package dev.bulkuserimport.event;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.source.Malformed;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Answers HTTP requests. */
@Singleton
class HttpTrigger {

    /** Lambda takes events of 6 MB, so a larger body can't come from AWS. */
    private static final int MAX_BODY_BYTES = 6 * 1024 * 1024;

    private static final Set<String> UTF_8 = Set.of("utf-8", "utf8", "us-ascii");

    private final CallerCheck callers;
    private final CardOperation operations;
    private final PayloadImport imports;

    HttpTrigger(CallerCheck callers, CardOperation operations, PayloadImport imports) {
        this.callers = callers;
        this.operations = operations;
        this.imports = imports;
    }

    /** The answer, a problem's too; only what is no problem of ours is thrown. */
    HttpAnswer answer(HttpRequest request, Deadline deadline) {
        try {
            callers.check(request, deadline);
            HttpRoute.Match match = HttpRoute.of(request);
            if (match.route().action().equals(HttpRoute.IMPORT)) {
                return HttpAnswer.json(200, imports.run(body(request), deadline).members());
            }
            Map<String, String> arguments = new HashMap<>(request.query());
            arguments.putAll(match.arguments());
            Map<String, Object> members = operations.run(match.route().action(), arguments, deadline);
            return match.route().status() == 204
                    ? HttpAnswer.empty(204)
                    : HttpAnswer.json(match.route().status(), members);
        } catch (ProblemException e) {
            return HttpAnswer.problem(e.problem());
        }
    }

    /** A request that is larger than the function reads. */
    static HttpAnswer tooLarge() {
        return HttpAnswer.problem(tooLargeProblem());
    }

    private static EmbeddedBody body(HttpRequest request) {
        refuseOtherMediaTypes(request);
        if (request.body() == null || request.body().isEmpty()) {
            throw Malformed.json("The body is empty; it must be the import payload", null);
        }
        if (request.body().size() > MAX_BODY_BYTES) {
            throw tooLargeProblem().exception();
        }
        return request.body();
    }

    private static Problem tooLargeProblem() {
        return Problem.of(
                ProblemType.PAYLOAD_TOO_LARGE,
                "The body has more than " + MAX_BODY_BYTES + " bytes, which is what Lambda takes. Nothing was sent."
                        + " Split the import, or put it into the import bucket as a file.");
    }

    private static void refuseOtherMediaTypes(HttpRequest request) {
        String type = request.header("Content-Type");
        String encoding = request.header("Content-Encoding");
        boolean json = type == null || isJson(type.toLowerCase(Locale.ROOT));
        if (!json || encoding != null && !encoding.isBlank() && !encoding.equalsIgnoreCase("identity")) {
            throw Problem.of(
                            ProblemType.UNSUPPORTED_MEDIA_TYPE,
                            "The body must be application/json in UTF-8, not compressed. Nothing was sent.")
                    .exception();
        }
    }

    private static boolean isJson(String type) {
        String[] parts = type.split(";");
        String media = parts[0].strip();
        boolean json = media.equals("application/json") || media.startsWith("application/") && media.endsWith("+json");
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.startsWith("charset=")) {
                json &= UTF_8.contains(parameter.substring("charset=".length()).replace("\"", ""));
            }
        }
        return json;
    }
}
