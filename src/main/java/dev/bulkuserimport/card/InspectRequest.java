package dev.bulkuserimport.card;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.bulkuserimport.base.JsonInput;
import dev.bulkuserimport.mapping.GivenMapping;
import dev.bulkuserimport.problem.FieldError;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.rules.OktaId;
import dev.bulkuserimport.source.FileFormat;
import dev.bulkuserimport.source.Malformed;
import dev.bulkuserimport.source.Payload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file to be inspected.
 *
 * @param applicationId the application to import into
 * @param operation the import's operation
 * @param format the format according to its name
 * @param content its bytes, or the first part of them
 * @param partial whether the caller has declared that the file has more bytes
 * @param given what the request says of a mapping
 */
record InspectRequest(
        String applicationId,
        ImportOperation operation,
        FileFormat format,
        byte[] content,
        boolean partial,
        GivenMapping given) {

    private static final String CONTENT = "content";
    private static final String FILE_NAME = "fileName";
    private static final String OPERATION = "importOperation";

    /**
     * Reads a request.
     *
     * @param fromPath the application named by the route
     * @throws dev.bulkuserimport.problem.ProblemException {@code invalid-request} listing everything that is wrong; a mapping
     *     or content that can't be read is reported alone
     */
    static InspectRequest read(Payload body, Optional<String> fromPath) {
        Fields fields = new Fields(fromPath);
        try (JsonParser json = body.open(JsonInput.FACTORY)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw Malformed.json("The request must be a JSON object", json.currentTokenLocation());
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                fields.read(field, json);
                json.skipChildren();
            }
            Malformed.refuseMore(json);
        } catch (JsonProcessingException e) {
            throw Malformed.json(e);
        } catch (IOException e) {
            throw Malformed.whole("The body is not JSON in UTF-8");
        }
        return fields.request();
    }

    /** Collects the fields as they are read. */
    private static final class Fields {
        private final List<FieldError> errors = new ArrayList<>();
        private final Optional<String> fromPath;
        private Optional<String> applicationId = Optional.empty();
        private Optional<ImportOperation> operation = Optional.of(ImportOperation.CREATE_AND_UPDATE);
        private Optional<FileFormat> format = Optional.empty();
        private Optional<byte[]> content = Optional.empty();
        private GivenMapping mapping = GivenMapping.NONE;
        private long size;

        Fields(Optional<String> fromPath) {
            this.fromPath = fromPath;
        }

        void read(String field, JsonParser json) throws IOException {
            if (json.currentToken() == JsonToken.VALUE_NULL) {
                return;
            }
            switch (field) {
                case "applicationId" -> applicationId = text(field, json);
                case FILE_NAME -> format = text(field, json).flatMap(FileFormat::of);
                case OPERATION -> operation = text(field, json).flatMap(ImportOperation::parse);
                case CONTENT -> content = bytes(json);
                case "mapping" -> mapping = GivenMapping.read(json);
                case "size" -> size = json.currentToken() == JsonToken.VALUE_NUMBER_INT ? json.getLongValue() : 0;
                default -> {
                    // Unknown fields are ignored, as in an import.
                }
            }
        }

        private Optional<String> text(String field, JsonParser json) throws IOException {
            if (json.currentToken() == JsonToken.VALUE_STRING) {
                return Optional.of(json.getText());
            }
            errors.add(new FieldError(field, "must be text"));
            return Optional.empty();
        }

        /** The content may be longer than any text in a record, so it is decoded while it is read. */
        private Optional<byte[]> bytes(JsonParser json) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            if (json.currentToken() == JsonToken.VALUE_STRING) {
                try {
                    json.readBinaryValue(bytes);
                    return Optional.of(bytes.toByteArray());
                } catch (JsonProcessingException e) {
                    // The same error as for a value that isn't text.
                }
            }
            throw Problem.invalidRequest(CONTENT, "must be the file's bytes in base64")
                    .exception();
        }

        InspectRequest request() {
            Optional<String> application = fromPath.or(() -> applicationId);
            if (application.filter(OktaId::isValid).isEmpty()) {
                errors.add(new FieldError("applicationId", "must be the application's ID, 0oa…"));
            }
            if (operation.isEmpty()) {
                errors.add(new FieldError(OPERATION, "must be CREATE_AND_UPDATE, DEACTIVATE_AND_DELETE or SNAPSHOT"));
            }
            if (format.isEmpty()) {
                errors.add(new FieldError(FILE_NAME, "must be the file's name, ending in " + FileFormat.ENDINGS));
            }
            if (content.isEmpty()) {
                errors.add(new FieldError(CONTENT, "is missing: provide the file's bytes in base64"));
            }
            if (!errors.isEmpty()) {
                throw Problem.invalidRequest(errors).exception();
            }
            byte[] bytes = content.orElseThrow();
            return new InspectRequest(
                    application.orElseThrow(),
                    operation.orElseThrow(),
                    format.orElseThrow(),
                    bytes,
                    size > bytes.length,
                    mapping);
        }
    }
}
