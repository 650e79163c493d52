package dev.bulkuserimport.event;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.base.JsonOutput;
import dev.bulkuserimport.card.ApplicationCheck;
import dev.bulkuserimport.card.Applications;
import dev.bulkuserimport.card.FileInspection;
import dev.bulkuserimport.card.Properties;
import dev.bulkuserimport.card.Templates;
import dev.bulkuserimport.card.UserMapping;
import dev.bulkuserimport.okta.ImportSession;
import dev.bulkuserimport.okta.Sessions;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.rules.ApplicationSchema;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.source.Payload;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operations other than the import, the same for a route and for an action. Only the bean for the requested operation is created. */
@Singleton
class CardOperation {

    private final Instance<Applications> applications;
    private final Instance<Properties> properties;
    private final Instance<Templates> templates;
    private final Instance<UserMapping> mapping;
    private final Instance<FileInspection> inspection;
    private final Instance<ApplicationCheck> check;
    private final Instance<Sessions> sessions;
    private final Instance<FileSteps> files;

    CardOperation(
            Instance<Applications> applications,
            Instance<Properties> properties,
            Instance<Templates> templates,
            Instance<UserMapping> mapping,
            Instance<FileInspection> inspection,
            Instance<ApplicationCheck> check,
            Instance<Sessions> sessions,
            Instance<FileSteps> files) {
        this.applications = applications;
        this.properties = properties;
        this.templates = templates;
        this.mapping = mapping;
        this.inspection = inspection;
        this.check = check;
        this.sessions = sessions;
        this.files = files;
    }

    /**
     * Runs an operation.
     *
     * @return the answer's JSON; an empty object if there is nothing to report
     * @throws ProblemException according to Okta's answer, or {@code invalid-request} for a missing or invalid argument
     */
    byte[] run(Action action, Arguments arguments, Deadline deadline) {
        return JsonOutput.bytes(
                switch (action) {
                    case LIST_APPLICATIONS -> list(applications.get().list(deadline));
                    case LIST_PROPERTIES -> properties(arguments, deadline);
                    case TEMPLATE ->
                        Map.of("csv", templates.get().csv(arguments.applicationId(), operation(arguments), deadline));
                    case CHECK -> check(arguments, deadline);
                    case CREATE_SESSION ->
                        sessions.get()
                                .create(arguments.applicationId(), deadline)
                                .members();
                    case LIST_SESSIONS ->
                        Map.of(
                                "sessions",
                                sessions.get().list(arguments.applicationId(), deadline).stream()
                                        .map(ImportSession::members)
                                        .toList());
                    case GET_SESSION ->
                        sessions.get()
                                .get(arguments.applicationId(), arguments.sessionId(), deadline)
                                .members();
                    case START_IMPORT ->
                        sessions.get()
                                .start(arguments.applicationId(), arguments.sessionId(), deadline)
                                .members();
                    case CANCEL_SESSION -> {
                        sessions.get().cancel(arguments.applicationId(), arguments.sessionId(), deadline);
                        yield Map.of();
                    }
                    case PLAN_FILE -> files.get().plan(arguments, deadline);
                    case IMPORT_SESSION -> files.get().importSession(arguments, deadline);
                    case FOLLOW_SESSION -> files.get().followSession(arguments, deadline);
                    case AWAIT_DECISION -> files.get().awaitDecision(arguments, deadline);
                    case DECIDE -> files.get().decide(arguments, Optional.empty(), deadline);
                    case FINISH_FILE -> files.get().finish(arguments, deadline);
                    case REBUILD_STATE -> files.get().rebuildState(arguments, deadline);
                    case MAP_USERS, INSPECT -> throw new IllegalArgumentException(action + " reads a body");
                });
    }

    /** Runs an operation that {@linkplain Action#readsBody reads a body}; returns the answer's JSON. */
    byte[] run(Action action, Payload body, Optional<String> applicationId, Deadline deadline) {
        return action == Action.INSPECT
                ? JsonOutput.bytes(inspection.get().run(body, applicationId, deadline))
                : mapping.get().run(body, applicationId, deadline);
    }

    /**
     * Takes a decision about a stopped file.
     *
     * @param principal who decides, as AWS has authenticated them
     */
    byte[] decide(Arguments arguments, Optional<String> principal, Deadline deadline) {
        return JsonOutput.bytes(files.get().decide(arguments, principal, deadline));
    }

    /** A file with the header row for an application. */
    byte[] template(Arguments arguments, Deadline deadline) {
        return templates.get().file(arguments.applicationId(), operation(arguments), deadline);
    }

    private static Map<String, Object> list(Applications.Choices choices) {
        List<Map<String, Object>> listed = new ArrayList<>();
        for (Applications.Application application : choices.applications()) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("id", application.id());
            members.put("label", application.label());
            listed.add(members);
        }
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("applications", listed);
        members.put("enterApplicationId", choices.enterApplicationId());
        return members;
    }

    private Map<String, Object> properties(Arguments arguments, Deadline deadline) {
        List<Map<String, Object>> listed = new ArrayList<>();
        for (ApplicationSchema.Field field :
                properties.get().list(arguments.applicationId(), operation(arguments), deadline)) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("name", field.name());
            members.put("title", field.title());
            members.put("type", field.type());
            members.put("required", field.required());
            members.put("custom", field.custom());
            listed.add(members);
        }
        return Map.of("properties", listed);
    }

    private Map<String, Object> check(Arguments arguments, Deadline deadline) {
        List<Map<String, Object>> listed = new ArrayList<>();
        for (ApplicationCheck.Check found : check.get().run(arguments.applicationId(), deadline)) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("name", found.name());
            members.put("ok", found.ok().orElse(null));
            members.put("detail", found.detail());
            listed.add(members);
        }
        return Map.of("checks", listed);
    }

    private static ImportOperation operation(Arguments arguments) {
        return arguments
                .text("importOperation")
                .map(text -> ImportOperation.parse(text)
                        .filter(operation -> operation != ImportOperation.SNAPSHOT)
                        .orElseThrow(() -> Arguments.invalid(
                                "importOperation", "must be CREATE_AND_UPDATE or DEACTIVATE_AND_DELETE")))
                .orElse(ImportOperation.CREATE_AND_UPDATE);
    }
}
