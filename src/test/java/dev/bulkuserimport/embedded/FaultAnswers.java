package dev.bulkuserimport.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The answers that faults give in place of Okta's. */
final class FaultAnswers {

    private FaultAnswers() {}

    static OktaAnswer decorated(OktaAnswer answer, Fault fault) {
        if (fault.header() != null) {
            for (String line : fault.header().split("\n")) {
                String[] parts = line.split(": ", 2);
                answer.with(parts[0], parts.length > 1 ? parts[1] : "");
            }
        }
        return answer;
    }

    static OktaAnswer of(Fault fault) {
        return decorated(OktaAnswer.of(fault.status(), fault.contentType(), fault.body()), fault);
    }

    static OktaAnswer error(int status) {
        return switch (status) {
            case 400 -> OktaAnswer.validation("injected");
            case 401 -> OktaAnswer.error(401, "E0000011", "Invalid token provided");
            case 403 -> OktaAnswer.error(403, "E0000006", "You do not have permission to perform the requested action");
            case 404 -> OktaAnswer.error(404, "E0000007", "Not found: Resource not found");
            default -> OktaAnswer.error(status, "E0000009", "Internal Server Error");
        };
    }

    /** A validation error that quotes the first user of a bulk request: in quotes of each kind, and bare. */
    static OktaAnswer quoting(int status, byte[] request) {
        JsonNode user;
        try {
            user = OktaAnswer.JSON.readTree(request).path("profiles").path(0);
        } catch (IOException e) {
            return error(status);
        }
        List<String> causes = new ArrayList<>();
        StringBuilder summary = new StringBuilder("Api validation failed:");
        String[] marks = {"'", "\"", "", "`", "«", "“"};
        user.path("profile").properties().forEach(property -> {
            int kind = causes.size() % marks.length;
            String close = marks[kind].replace("«", "»").replace("“", "”");
            String quoted = marks[kind] + property.getValue().asText() + close;
            causes.add(property.getKey() + ": The value " + quoted + " is not valid, was " + quoted);
            summary.append(' ').append(property.getKey()).append(' ').append(quoted);
        });
        causes.add("user with login " + user.path("profile").path("userName").asText() + " already exists");
        return OktaAnswer.error(status, "E0000001", summary.toString(), causes.toArray(String[]::new));
    }
}
