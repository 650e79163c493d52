package dev.bulkuserimport.event;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.card.Applications;
import dev.bulkuserimport.card.Properties;
import dev.bulkuserimport.okta.ImportSession;
import dev.bulkuserimport.okta.Sessions;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.rules.OktaId;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The operations beside the import, the same for a route and for an action. */
@Singleton
class CardOperation {

    static final List<String> ACTIONS = List.of(
            "listApplications",
            "listProperties",
            "createSession",
            "listSessions",
            "getSession",
            "startImport",
            "cancelSession");

    private final Applications applications;
    private final Properties properties;
    private final Sessions sessions;

    CardOperation(Applications applications, Properties properties, Sessions sessions) {
        this.applications = applications;
        this.properties = properties;
        this.sessions = sessions;
    }

    /**
     * Carries out an action.
     *
     * @param arguments {@code applicationId}, {@code sessionId} and {@code importOperation}, as far as it needs them
     * @return the answer's members; empty where there is nothing to say
     * @throws ProblemException as Okta answers, or {@code invalid-request} for an argument that is missing or wrong
     */
    Map<String, Object> run(String action, Map<String, String> arguments, Deadline deadline) {
        return switch (action) {
            case "listApplications" -> list(applications.list(deadline));
            case "listProperties" -> properties(arguments, deadline);
            case "createSession" -> sessions.create(app(arguments), deadline).members();
            case "listSessions" -> {
                Map<String, Object> members = new LinkedHashMap<>();
                members.put(
                        "sessions",
                        sessions.list(app(arguments), deadline).stream()
                                .map(ImportSession::members)
                                .toList());
                yield members;
            }
            case "getSession" ->
                sessions.get(app(arguments), session(arguments), deadline).members();
            case "startImport" ->
                sessions.start(app(arguments), session(arguments), deadline).members();
            case "cancelSession" -> {
                sessions.cancel(app(arguments), session(arguments), deadline);
                yield Map.of();
            }
            default -> throw invalid("action", "must be one of " + String.join(", ", ACTIONS));
        };
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

    private Map<String, Object> properties(Map<String, String> arguments, Deadline deadline) {
        String text = arguments.get("importOperation");
        ImportOperation operation = text == null || text.isBlank()
                ? ImportOperation.CREATE_AND_UPDATE
                : ImportOperation.parse(text)
                        .orElseThrow(
                                () -> invalid("importOperation", "must be CREATE_AND_UPDATE or DEACTIVATE_AND_DELETE"));
        List<Map<String, Object>> listed = new ArrayList<>();
        for (Properties.InputField field : properties.list(app(arguments), operation, deadline)) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("name", field.name());
            members.put("title", field.title());
            members.put("type", field.type());
            members.put("required", field.required());
            members.put("custom", field.custom());
            listed.add(members);
        }
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("properties", listed);
        return members;
    }

    private static String app(Map<String, String> arguments) {
        return id("applicationId", arguments);
    }

    private static String session(Map<String, String> arguments) {
        return id("sessionId", arguments);
    }

    private static String id(String field, Map<String, String> arguments) {
        String id = arguments.get(field);
        if (id == null || id.isBlank()) {
            throw invalid(field, "is missing");
        }
        if (!OktaId.isValid(id)) {
            throw invalid(field, "is not an Okta id (letters and digits, 100 at most)");
        }
        return id;
    }

    private static ProblemException invalid(String field, String message) {
        return Problem.of(ProblemType.INVALID_REQUEST, field + " " + message + ".")
                .with("errors", List.of(Map.of("field", field, "message", message)))
                .exception();
    }
}
