package dev.bulkuserimport.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.bulkuserimport.problem.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Detects a JSON document that is one page of several: a member next to the list of users, or next to an object around it, points to the
 * next page.
 */
final class MorePages {

    /** Names used by APIs: HubSpot, Stripe, Microsoft Graph, OData 2 and 4, Django, Zendesk. */
    private static final Set<String> NAMES =
            Set.of("hasMore", "has_more", "nextLink", "@odata.nextLink", "__next", "next", "next_page");

    private static final int MOST = 100;

    /** The maximum nesting of objects around a list. */
    private static final int DEEPEST = 20;

    private final List<Member> found = new ArrayList<>();

    /**
     * A member that points to the next page.
     *
     * @param objects the names of the objects around it, each followed by a dot
     */
    private record Member(String objects, String name) {}

    /** Examines an unknown member; the parser is at its value, and at its end afterwards. */
    void meet(String name, JsonParser json) throws IOException {
        meet("", name, json, 0);
    }

    private void meet(String objects, String name, JsonParser json, int depth) throws IOException {
        JsonToken value = json.currentToken();
        boolean points = NAMES.contains(name) && found.size() < MOST;
        if (value == JsonToken.START_OBJECT && depth < DEEPEST) {
            boolean filled = false;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                filled = true;
                String member = json.currentName();
                json.nextToken();
                meet(objects + name + ".", member, json, depth + 1);
            }
            points &= filled;
        } else if (value == JsonToken.START_ARRAY) {
            // For arrays only whether they are empty matters; their elements are skipped.
            boolean empty = json.nextToken() == JsonToken.END_ARRAY;
            points &= !empty;
            while (!empty && json.currentToken() != JsonToken.END_ARRAY) {
                json.skipChildren();
                json.nextToken();
            }
        } else {
            // Deeper objects are not examined.
            json.skipChildren();
            points &= !isNothing(value, json);
        }
        if (points) {
            found.add(new Member(objects, name));
        }
    }

    /** @throws dev.bulkuserimport.problem.ProblemException {@code invalid-request} if there are more users than in this document */
    void refuseBeside(String users) {
        found.stream()
                .filter(member -> users.startsWith(member.objects()))
                .findFirst()
                .ifPresent(member -> {
                    throw Problem.invalidRequest(
                                    ColumnNames.shown(member.objects() + member.name()),
                                    "says that there are more users than in this file, but a snapshot must be complete:"
                                            + " export all pages into one file")
                            .exception();
                });
    }

    private static boolean isNothing(JsonToken value, JsonParser json) throws IOException {
        return switch (value) {
            case VALUE_NULL, VALUE_FALSE -> true;
            case VALUE_STRING -> json.getText().isBlank() || json.getText().equalsIgnoreCase("false");
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getText().matches("-?[0.]+(?:[eE].*)?");
            default -> false;
        };
    }
}
