package dev.bulkuserimport.card;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.okta.ApplicationSchemas;
import dev.bulkuserimport.okta.ImportSession;
import dev.bulkuserimport.okta.OktaProblems;
import dev.bulkuserimport.okta.Scope;
import dev.bulkuserimport.okta.Sessions;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.rules.ApplicationSchema;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Checks what is set up for an application's imports and what isn't, without writing anything: three read-only calls, each with a timeout
 * of a few seconds. Its findings never make it fail.
 */
@Singleton
public class ApplicationCheck {

    /** The timeout of each of the three calls, so that together they fit into API Gateway's half minute. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Sessions sessions;
    private final ApplicationSchemas schemas;
    private final Applications applications;

    ApplicationCheck(Sessions sessions, ApplicationSchemas schemas, Applications applications) {
        this.sessions = sessions;
        this.schemas = schemas;
        this.applications = applications;
    }

    /**
     * One check.
     *
     * @param name what was checked
     * @param ok whether it meets an import's needs; empty if that can't be determined without writing, or not now
     * @param detail what was found, and what to do about it
     */
    public record Check(String name, Optional<Boolean> ok, String detail) {}

    /** Checks an application; always the same checks in the same order. */
    public List<Check> run(String app, Deadline deadline) {
        Probe<List<ImportSession>> listed = Probe.of(() -> sessions.list(app, deadline.within(PATIENCE)));
        Probe<ApplicationSchema> schema = Probe.of(() -> schemas.get(app, deadline.within(PATIENCE)));
        Probe<Applications.Choices> choices = Probe.of(() -> applications.list(deadline.within(PATIENCE)));
        boolean silent =
                choices.value().filter(Applications.Choices::enterApplicationId).isPresent();
        List<Probe<?>> all = silent ? List.of(listed, schema) : List.of(listed, schema, choices);
        List<Check> checks = new ArrayList<>();
        checks.add(org(all));
        checks.add(credentials(all));
        checks.add(new Check(
                Scope.IDENTITY_SOURCES_MANAGE.value(),
                Optional.empty(),
                "Can't be checked without writing; the first import will show it."));
        checks.add(scope(Scope.IDENTITY_SOURCES_READ, listed, all));
        checks.add(
                silent
                        ? new Check(Scope.APPS_READ.value(), Optional.empty(), "Okta did not answer in time.")
                        : scope(Scope.APPS_READ, choices, all));
        checks.add(scope(Scope.SCHEMAS_READ, schema, all));
        checks.add(application(app, listed, schema, choices));
        checks.add(schema(schema));
        checks.add(activeSession(listed));
        checks.add(lastSession(listed));
        return checks;
    }

    static Check org(List<Probe<?>> all) {
        if (all.stream().anyMatch(Probe::answered)) {
            return new Check("org", Optional.of(true), "Okta answers.");
        }
        return all.stream()
                .filter(Probe::tried)
                .findFirst()
                .flatMap(Probe::failure)
                .map(problem -> new Check("org", Optional.of(false), problem.detail()))
                .orElseGet(() -> new Check(
                        "org",
                        Optional.empty(),
                        "Okta was not called, because the credentials can't be used: see credentials."));
    }

    static Check credentials(List<Probe<?>> all) {
        if (all.stream().anyMatch(Probe::allowed)) {
            return new Check("credentials", Optional.of(true), "Okta accepts them.");
        }
        for (Probe<?> probe : all) {
            // What answers in front of Okta says nothing about them.
            Optional<Problem> failure = probe.failure()
                    .filter(problem -> problem.type() != ProblemType.OKTA_UNAVAILABLE)
                    .filter(problem -> probe.answered() || !probe.tried());
            if (failure.isPresent()) {
                return new Check(
                        "credentials", Optional.of(false), failure.get().detail());
            }
        }
        return new Check(
                "credentials",
                Optional.empty(),
                "They could not be checked, because Okta neither accepted nor refused a call.");
    }

    static Check scope(Scope scope, Probe<?> probe, List<Probe<?>> all) {
        if (probe.allowed()) {
            return new Check(scope.value(), Optional.of(true), "Granted.");
        }
        Problem failure = probe.failure().orElseThrow();
        // If nothing at all is permitted, the credentials are at fault, and which scopes they would have is unknown.
        boolean refused = failure.type() == ProblemType.OKTA_UNAUTHORIZED
                && probe.answered()
                && all.stream().anyMatch(Probe::allowed);
        return new Check(scope.value(), refused ? Optional.of(false) : Optional.empty(), failure.detail());
    }

    static Check application(
            String app,
            Probe<List<ImportSession>> listed,
            Probe<ApplicationSchema> schema,
            Probe<Applications.Choices> choices) {
        Optional<String> label = choices.value().stream()
                .flatMap(found -> found.applications().stream())
                .filter(application -> application.id().equals(app))
                .map(Applications.Application::label)
                .findFirst();
        if (listed.value().isPresent() || label.isPresent()) {
            return new Check(
                    "application",
                    Optional.of(true),
                    "It is an identity source in Okta"
                            + label.map(name -> ", labelled " + name).orElse("") + ".");
        }
        if (listed.isInactive()) {
            return new Check(
                    "application",
                    Optional.of(false),
                    listed.failure().orElseThrow().detail());
        }
        if (listed.isUnknown() || schema.isUnknown()) {
            return new Check(
                    "application",
                    Optional.of(false),
                    OktaProblems.unknownApplication(app).detail());
        }
        return new Check("application", Optional.empty(), "It could not be requested from Okta.");
    }

    private static Check schema(Probe<ApplicationSchema> schema) {
        return schema.value()
                .map(known -> new Check(
                        "schema",
                        Optional.of(true),
                        known.custom().size() + " custom properties; required: "
                                + (known.required().isEmpty() ? "none" : String.join(", ", known.required())) + "."))
                .orElseGet(() -> new Check(
                        "schema",
                        schema.isUnknown() ? Optional.of(false) : Optional.empty(),
                        schema.failure().orElseThrow().detail()));
    }

    static Check activeSession(Probe<List<ImportSession>> listed) {
        return ofSessions("activeSession", listed, sessions -> {
            List<String> active = sessions.stream()
                    .filter(ImportSession::isActive)
                    .map(ApplicationCheck::active)
                    .toList();
            return active.isEmpty()
                    ? "None: the import of a file creates one; a payload needs one (createSession)."
                    : String.join(" ", active);
        });
    }

    private static String active(ImportSession session) {
        return session.id() + " is " + session.status()
                + (session.takesUploads()
                        ? ": a payload may name it; a file without a session ID waits until it ends."
                        : ": Okta is processing it, and the next one may have to wait for some minutes.");
    }

    private static Check lastSession(Probe<List<ImportSession>> listed) {
        return ofSessions("lastSession", listed, sessions -> sessions.stream()
                .max(Comparator.comparing(session -> session.created().orElse(Instant.MIN)))
                .map(last -> last.id() + " is " + last.status() + ", created " + time(last, "created")
                        + ", last changed " + time(last, "lastUpdated") + ".")
                .orElse("Okta lists none."));
    }

    private static Check ofSessions(
            String name, Probe<List<ImportSession>> listed, Function<List<ImportSession>, String> detail) {
        return listed.value()
                .map(sessions -> new Check(name, Optional.of(true), detail.apply(sessions)))
                .orElseGet(() -> new Check(name, Optional.empty(), "The sessions could not be requested from Okta."));
    }

    private static String time(ImportSession session, String member) {
        return String.valueOf(session.members().getOrDefault(member, "at an unknown time"));
    }
}
