package dev.bulkuserimport.plan;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the memberships of a prepared request back. */
public final class MembershipItems {

    private MembershipItems() {}

    /** Takes a group and some of its members. */
    @FunctionalInterface
    public interface Visitor {
        void visit(String group, List<String> members);
    }

    /** @param request one of memberships */
    public static void each(SessionPlan plan, BulkRequest request, Visitor visitor) throws IOException {
        try (JsonParser json = plan.openRecords(request)) {
            while (json.nextToken() == JsonToken.START_OBJECT) {
                one(json, visitor);
            }
        }
    }

    private static void one(JsonParser json, Visitor visitor) throws IOException {
        String group = "";
        List<String> members = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            if (json.currentToken() == JsonToken.VALUE_STRING
                    && json.getParsingContext().inArray()) {
                members.add(json.getText());
            } else if (json.currentToken() == JsonToken.VALUE_STRING) {
                group = json.getText();
            }
        }
        visitor.visit(group, members);
    }
}
