package dev.bulkuserimport.storage;

import dev.bulkuserimport.config.Settings;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.rules.OktaId;
import dev.bulkuserimport.source.ImportDefaults;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a file's application, operation and session come from when the file doesn't say: its metadata, its key, the configuration. */
final class FileSettings {

    static final String APPLICATION_ID = "application-id";
    static final String IMPORT_OPERATION = "import-operation";
    static final String SESSION_ID = "session-id";

    private FileSettings() {}

    static ImportDefaults of(String key, Map<String, String> metadata, Settings settings) {
        String keyApplication = null;
        ImportOperation keyOperation = null;
        List<String> segments = List.of(key.split("/"));
        for (int i = 1; i < segments.size() - 1; i++) {
            for (ImportOperation operation : ImportOperation.values()) {
                if (segments.get(i).equals(operation.slug()) && OktaId.isValid(segments.get(i - 1))) {
                    keyApplication = segments.get(i - 1);
                    keyOperation = operation;
                }
            }
        }
        Optional<String> session = id(SESSION_ID, metadata);
        return new ImportDefaults(
                first(id(APPLICATION_ID, metadata), Optional.ofNullable(keyApplication), settings.applicationId()),
                first(operation(metadata), Optional.ofNullable(keyOperation), settings.operation()),
                session,
                true,
                true);
    }

    @SafeVarargs
    private static <T> Optional<T> first(Optional<T>... candidates) {
        for (Optional<T> candidate : candidates) {
            if (candidate.isPresent()) {
                return candidate;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> text(String name, Map<String, String> metadata) {
        return Optional.ofNullable(metadata.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static Optional<String> id(String name, Map<String, String> metadata) {
        Optional<String> id = text(name, metadata);
        if (id.isPresent() && !OktaId.isValid(id.get())) {
            throw invalid(name, "is not an Okta id");
        }
        return id;
    }

    private static Optional<ImportOperation> operation(Map<String, String> metadata) {
        return text(IMPORT_OPERATION, metadata).map(text -> ImportOperation.parse(text)
                .orElseThrow(() -> invalid(IMPORT_OPERATION, "must be CREATE_AND_UPDATE or DEACTIVATE_AND_DELETE")));
    }

    private static ProblemException invalid(String name, String message) {
        return Problem.of(
                        ProblemType.INVALID_REQUEST,
                        "The object's metadata " + name + " " + message + ". Nothing was sent.")
                .with("errors", List.of(Map.of("field", name, "message", message)))
                .exception();
    }
}
