package dev.bulkuserimport.plan;

import dev.bulkuserimport.rules.BulkOperation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Why a record cannot be imported.
 *
 * @param index the record's index, from 0
 * @param line the line of the file on which the record begins, from 1; 0 if records aren't lines
 * @param externalId the record's external ID, if it follows the rules for IDs
 * @param field the invalid field; empty for the record as a whole
 * @param message what is wrong with it and what Okta accepts; never a profile value
 * @param kind the kind of the record; empty in an import of only users
 */
public record RecordError(
        int index,
        long line,
        Optional<String> externalId,
        Optional<String> field,
        String message,
        Optional<BulkOperation.Kind> kind) {

    public RecordError(int index, long line, Optional<String> externalId, Optional<String> field, String message) {
        this(index, line, externalId, field, message, Optional.empty());
    }

    RecordError withExternalId(Optional<String> id) {
        return new RecordError(index, line, id, field, message, kind);
    }

    RecordError withoutKind() {
        return new RecordError(index, line, externalId, field, message);
    }

    boolean isOfUser() {
        return kind.filter(of -> of != BulkOperation.Kind.USERS).isEmpty();
    }

    /** The error as it appears in an answer, a problem or a report. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        kind.ifPresent(one -> members.put("kind", one.label()));
        members.put("index", index);
        if (line > 0) {
            members.put("line", line);
        }
        members.put("externalId", externalId.orElse(null));
        members.put("field", field.orElse(null));
        members.put("message", message);
        return members;
    }
}
