package dev.bulkuserimport.card;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.okta.ApplicationSchemas;
import dev.bulkuserimport.okta.ImportSession;
import dev.bulkuserimport.okta.Scope;
import dev.bulkuserimport.okta.Sessions;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
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
 * Finds out what is set up for an application's imports and what isn't, without writing anything: three reading calls, each with a few
 * seconds of patience. It never fails because of what it finds.
 */
@Singleton
public class ApplicationCheck {

    /** For each of the three calls, so that all of them fit into the half minute that API Gateway waits. */
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
     * One thing that was looked at.
     *
     * @param name what it is
     * @param ok whether it is as an import needs it; empty where that can't be known without writing, or not now
     * @param detail what was found, and what to do
     */
    public record Check(String name, Optional<Boolean> ok, String detail) {}

    /** What was found of an application; always the same checks in the same order. */
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
                "Can't be known without writing; the first import shows it."));
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

    private static Check org(List<Probe<?>> all) {
        if (all.stream().anyMatch(Probe::answered)) {
            return new Check("org", Optional.of(true), "Okta answers.");
        }
        return all.get(0)
                .failure()
                .filter(problem -> problem.type() == ProblemType.OKTA_UNAVAILABLE)
                .map(problem -> new Check("org", Optional.of(false), problem.detail()))
                .orElseGet(() -> new Check("org", Optional.empty(), "Okta could not be asked."));
    }

    private static Check credentials(List<Probe<?>> all) {
        if (all.stream().anyMatch(Probe::allowed)) {
            return new Check("credentials", Optional.of(true), "Okta takes them.");
        }
        for (Probe<?> probe : all) {
            Optional<Problem> failure =
                    probe.failure().filter(problem -> problem.type() != ProblemType.OKTA_UNAVAILABLE);
            if (failure.isPresent()) {
                return new Check(
                        "credentials", Optional.of(false), failure.get().detail());
            }
        }
        return new Check("credentials", Optional.empty(), "Okta does not answer, so they could not be tried.");
    }

    private static Check scope(Scope scope, Probe<?> probe, List<Probe<?>> all) {
        if (probe.allowed()) {
            return new Check(scope.value(), Optional.of(true), "Granted.");
        }
        Problem failure = probe.failure().orElseThrow();
        // Where nothing at all is allowed, the credentials are at fault, and nobody knows of which scopes they would be
        // worth.
        boolean refused =
                failure.type() == ProblemType.OKTA_UNAUTHORIZED && all.stream().anyMatch(Probe::allowed);
        return new Check(scope.value(), refused ? Optional.of(false) : Optional.empty(), failure.detail());
    }

    private static Check application(
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
                    "Okta knows it as an identity source"
                            + label.map(name -> ", labelled " + name).orElse("") + ".");
        }
        if (listed.isUnknown() || schema.isUnknown()) {
            return new Check(
                    "application",
                    Optional.of(false),
                    "Okta knows no Custom Identity Source application " + app + ". Check applicationId.");
        }
        return new Check("application", Optional.empty(), "Okta could not be asked for it.");
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

    private static Check activeSession(Probe<List<ImportSession>> listed) {
        return ofSessions("activeSession", listed, sessions -> sessions.stream()
                .filter(ImportSession::isActive)
                .findFirst()
                .map(active -> active.id() + " is " + active.status()
                        + (active.takesUploads()
                                ? ": a payload may name it; a file without a session of its own waits for its end."
                                : ": Okta is at work on it, and another may have to wait for some minutes."))
                .orElse("None: a file's import makes its own, a payload needs one (createSession)."));
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
                .orElseGet(() -> new Check(name, Optional.empty(), "Okta could not be asked for sessions."));
    }

    private static String time(ImportSession session, String member) {
        return String.valueOf(session.members().getOrDefault(member, "at an unknown time"));
    }

    /**
     * What became of a call.
     *
     * @param value what it found
     * @param failure why it found nothing
     */
    private record Probe<T>(Optional<T> value, Optional<Problem> failure) {

        /** A call that is tried. */
        interface Call<T> {
            T make();
        }

        static <T> Probe<T> of(Call<T> call) {
            try {
                return new Probe<>(Optional.of(call.make()), Optional.empty());
            } catch (ProblemException e) {
                return new Probe<>(Optional.empty(), Optional.of(e.problem()));
            }
        }

        /** Okta knows no such application, which it only says to those who may ask. */
        boolean isUnknown() {
            return failure.filter(problem -> problem.type() == ProblemType.APPLICATION_NOT_FOUND)
                    .isPresent();
        }

        boolean allowed() {
            return value.isPresent() || isUnknown();
        }

        boolean answered() {
            return allowed()
                    || failure.filter(problem -> problem.type() == ProblemType.OKTA_UNAUTHORIZED
                                    || problem.type() == ProblemType.OKTA_REJECTED)
                            .isPresent();
        }
    }
}
