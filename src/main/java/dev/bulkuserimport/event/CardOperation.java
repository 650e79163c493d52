package dev.bulkuserimport.event;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.base.JsonOutput;
import dev.bulkuserimport.card.ApplicationCheck;
import dev.bulkuserimport.card.Applications;
import dev.bulkuserimport.card.Properties;
import dev.bulkuserimport.card.Templates;
import dev.bulkuserimport.card.UserMapping;
import dev.bulkuserimport.okta.ImportSession;
import dev.bulkuserimport.okta.Sessions;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.source.Payload;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operations beside the import, the same for a route and for an action. */
@Singleton
class CardOperation {

    private final Applications applications;
    private final Properties properties;
    private final Templates templates;
    private final UserMapping mapping;
    private final ApplicationCheck check;
    private final Sessions sessions;
    private final FileSteps files;

    CardOperation(
            Applications applications,
            Properties properties,
            Templates templates,
            UserMapping mapping,
            ApplicationCheck check,
            Sessions sessions,
            FileSteps files) {
        this.applications = applications;
        this.properties = properties;
        this.templates = templates;
        this.mapping = mapping;
        this.check = check;
        this.sessions = sessions;
        this.files = files;
    }

    /**
     * Carries out an operation.
     *
     * @return the answer's JSON; an empty object where there is nothing to say
     * @throws ProblemException as Okta answers, or {@code invalid-request} for an argument that is missing or wrong
     */
    byte[] run(Action action, Arguments arguments, Deadline deadline) {
        return JsonOutput.bytes(
                switch (action) {
                    case LIST_APPLICATIONS -> list(applications.list(deadline));
                    case LIST_PROPERTIES -> properties(arguments, deadline);
                    case TEMPLATE ->
                        Map.of("csv", templates.csv(arguments.applicationId(), operation(arguments), deadline));
                    case CHECK -> check(arguments, deadline);
                    case CREATE_SESSION ->
                        sessions.create(arguments.applicationId(), deadline).members();
                    case LIST_SESSIONS ->
                        Map.of(
                                "sessions",
                                sessions.list(arguments.applicationId(), deadline).stream()
                                        .map(ImportSession::members)
                                        .toList());
                    case GET_SESSION ->
                        sessions.get(arguments.applicationId(), arguments.sessionId(), deadline)
                                .members();
                    case START_IMPORT ->
                        sessions.start(arguments.applicationId(), arguments.sessionId(), deadline)
                                .members();
                    case CANCEL_SESSION -> {
                        sessions.cancel(arguments.applicationId(), arguments.sessionId(), deadline);
                        yield Map.of();
                    }
                    case PLAN_FILE -> files.plan(arguments, deadline);
                    case IMPORT_SESSION -> files.importSession(arguments, deadline);
                    case FOLLOW_SESSION -> files.followSession(arguments, deadline);
                    case FINISH_FILE -> files.finish(arguments, deadline);
                    case REBUILD_STATE -> files.rebuildState(arguments, deadline);
                    case MAP_USERS -> throw new IllegalArgumentException("users are mapped from their body");
                });
    }

    /** Maps the users of a body; the answer's JSON. */
    byte[] mapUsers(Payload body, Optional<String> applicationId, Deadline deadline) {
        return mapping.run(body, applicationId, deadline);
    }

    /** A file with the header row for an application. */
    byte[] template(Arguments arguments, Deadline deadline) {
        return templates.file(arguments.applicationId(), operation(arguments), deadline);
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
        for (Properties.InputField field : properties.list(arguments.applicationId(), operation(arguments), deadline)) {
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
        for (ApplicationCheck.Check found : check.run(arguments.applicationId(), deadline)) {
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
