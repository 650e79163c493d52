package dev.bulkuserimport.event;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.base.JsonOutput;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.source.Malformed;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Answers HTTP requests. */
@Singleton
class HttpTrigger {

    /** Lambda accepts events of up to 6 MB, so a larger body can't come from AWS. */
    private static final int MAX_BODY_BYTES = 6 * 1024 * 1024;

    /**
     * API Gateway gives up after 29 seconds (REST) or 30 (HTTP API), part of which is used by the network, the start of an environment and
     * the answer. Source: "Quotas" in the API Gateway developer guide.
     */
    private static final Duration BEHIND_GATEWAY = Duration.ofSeconds(26);

    private static final Set<String> UTF_8 = Set.of("utf-8", "utf8", "us-ascii");

    private final CallerCheck callers;
    private final CardOperation operations;
    private final PayloadImport imports;
    private final OnceOnly once;
    private final Instance<InspectPage> page;
    private final OfferedActions offered;

    HttpTrigger(
            CallerCheck callers,
            CardOperation operations,
            PayloadImport imports,
            OnceOnly once,
            Instance<InspectPage> page,
            OfferedActions offered) {
        this.offered = offered;
        this.page = page;
        this.once = once;
        this.callers = callers;
        this.operations = operations;
        this.imports = imports;
    }

    /** The answer, including problems; only unexpected errors are thrown. */
    HttpAnswer answer(HttpRequest request, Deadline invocation) {
        HttpRoute.Found found = HttpRoute.of(request, offered);
        if (found instanceof HttpRoute.Found.WrongMethod && page.get().answers(request)) {
            return page.get().answer();
        }
        Deadline deadline = deadline(request, invocation);
        try {
            admit(found, () -> {
                callers.check(request, found.isImport(), deadline);
                return found;
            });
            if (found instanceof HttpRoute.Found.Match match) {
                Optional<RequestKey> key = admit(found, () -> key(match, request));
                return key.isPresent() ? runOnce(key.get(), match, request, deadline) : run(match, request, deadline);
            }
            return notRouted(found, request);
        } catch (ProblemException e) {
            return HttpAnswer.problem(e.problem());
        }
    }

    /** When an answer must be ready: once the gateway gives up, its caller is gone. */
    static Deadline deadline(HttpRequest request, Deadline invocation) {
        return request.behindGateway() ? invocation.within(BEHIND_GATEWAY) : invocation;
    }

    private Optional<RequestKey> key(HttpRoute.Found.Match match, HttpRequest request) {
        if (match.isImport()) {
            return once.importKey(request);
        }
        return isKept(match.route()) ? once.key(request) : Optional.empty();
    }

    /** An import by an unauthorized caller was still requested, and is recorded. */
    private <T> T admit(HttpRoute.Found found, Supplier<T> check) {
        try {
            return check.get();
        } catch (ProblemException e) {
            if (found.isImport()) {
                imports.note(e.problem());
            }
            throw e;
        }
    }

    /** Reads need no key, the result of processing a body isn't stored, and a repeated decision gets the same answer anyway. */
    private static boolean isKept(HttpRoute route) {
        return !route.method().equals("GET")
                && route.action()
                        .filter(action -> action.readsBody() || action == Action.DECIDE)
                        .isEmpty();
    }

    private HttpAnswer runOnce(RequestKey key, HttpRoute.Found.Match match, HttpRequest request, Deadline deadline) {
        KeptAnswers.Taken taken;
        try {
            taken = once.take(key, match.operation(), request, deadline);
        } catch (ProblemException e) {
            if (match.isImport()) {
                imports.note(e.problem());
            }
            throw e;
        }
        if (taken instanceof KeptAnswers.Taken.Other) {
            if (match.isImport()) {
                imports.note(key.usedByAnother());
            }
            return HttpAnswer.problem(key.usedByAnother());
        }
        if (!(taken instanceof KeptAnswers.Taken.Turn) && match.isImport()) {
            imports.repeated();
        }
        if (taken instanceof KeptAnswers.Taken.AtWork atWork) {
            return HttpAnswer.problem(key.stillAtWork(atWork));
        }
        return once.answer(taken, () -> run(match, request, deadline), deadline);
    }

    /** A request larger than the function reads, so that not all of it is known. */
    HttpAnswer tooLarge(HttpRequest request, Deadline deadline) {
        HttpRoute.Found found = HttpRoute.of(request, offered);
        try {
            admit(found, () -> {
                callers.checkSecret(request, deadline);
                return found;
            });
            if (!(found instanceof HttpRoute.Found.Match)) {
                return notRouted(found, request);
            }
            if (found.isImport()) {
                imports.refuse(tooLarge());
            }
            return HttpAnswer.problem(tooLarge());
        } catch (ProblemException e) {
            return HttpAnswer.problem(e.problem());
        }
    }

    private HttpAnswer run(HttpRoute.Found.Match match, HttpRequest request, Deadline deadline) {
        Optional<Action> action = match.route().action();
        int status = match.route().status();
        if (action.isEmpty()) {
            return HttpAnswer.json(
                    status,
                    JsonOutput.bytes(imports.run(() -> body(request), deadline).members()));
        }
        Map<String, String> texts = new HashMap<>(request.query());
        texts.putAll(match.arguments());
        Arguments arguments = new Arguments(texts);
        return switch (action.get()) {
            case TEMPLATE -> HttpAnswer.csv(operations.template(arguments, deadline));
            case MAP_USERS, INSPECT ->
                HttpAnswer.json(
                        status,
                        operations.run(action.get(), body(request), Optional.of(arguments.applicationId()), deadline));
            case DECIDE -> {
                Map<String, String> merged =
                        new HashMap<>(Arguments.read(body(request)).texts());
                merged.putAll(match.arguments());
                yield HttpAnswer.json(status, operations.decide(new Arguments(merged), request.principal(), deadline));
            }
            default -> {
                byte[] json = operations.run(action.get(), arguments, deadline);
                yield status == 204 ? HttpAnswer.empty(status) : HttpAnswer.json(status, json);
            }
        };
    }

    private HttpAnswer notRouted(HttpRoute.Found found, HttpRequest request) {
        if (found instanceof HttpRoute.Found.WrongMethod wrong) {
            String allowed = String.join(", ", wrong.allowed());
            return HttpAnswer.problem(
                            Problem.of(ProblemType.METHOD_NOT_ALLOWED, "This route supports " + allowed + "."))
                    .with("Allow", allowed);
        }
        Problem problem =
                Problem.of(ProblemType.NOT_FOUND, "This route does not exist. Send imports to POST /imports.");
        if (HttpRoute.isForImport(request)) {
            imports.note(problem);
        }
        return HttpAnswer.problem(problem);
    }

    private static EmbeddedBody body(HttpRequest request) {
        refuseOtherMediaTypes(request);
        EmbeddedBody body = request.body()
                .filter(given -> !given.isEmpty())
                .orElseThrow(() -> Malformed.whole("The body is empty; it must be a JSON object"));
        if (body.size() > MAX_BODY_BYTES) {
            throw tooLarge().exception();
        }
        return body;
    }

    private static Problem tooLarge() {
        return Problem.of(
                ProblemType.PAYLOAD_TOO_LARGE,
                "The body has more than " + MAX_BODY_BYTES
                        + " bytes, Lambda's limit. Nothing was sent. Split the import,"
                        + " or upload it to the import bucket as a file.");
    }

    private static void refuseOtherMediaTypes(HttpRequest request) {
        boolean json = request.header("Content-Type")
                .map(type -> isJson(type.toLowerCase(Locale.ROOT)))
                .orElse(true);
        boolean plain = request.header("Content-Encoding")
                .map(String::strip)
                .map(encoding -> encoding.isEmpty() || encoding.equalsIgnoreCase("identity"))
                .orElse(true);
        if (!json || !plain) {
            throw Problem.of(
                            ProblemType.UNSUPPORTED_MEDIA_TYPE,
                            "The body must be application/json in UTF-8, not compressed. Nothing was sent.")
                    .exception();
        }
    }

    private static boolean isJson(String type) {
        List<String> parts = List.of(type.split(";", -1));
        String media = parts.get(0).strip();
        boolean json = media.equals("application/json") || media.startsWith("application/") && media.endsWith("+json");
        for (String part : parts.subList(1, parts.size())) {
            String parameter = part.strip();
            if (parameter.startsWith("charset=")) {
                json &= UTF_8.contains(parameter.substring("charset=".length()).replace("\"", ""));
            }
        }
        return json;
    }
}
