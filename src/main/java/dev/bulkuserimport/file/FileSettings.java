package dev.bulkuserimport.file;

import dev.bulkuserimport.config.Settings;
import dev.bulkuserimport.problem.FieldError;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.rules.Limit;
import dev.bulkuserimport.rules.OktaId;
import dev.bulkuserimport.source.ImportDefaults;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What stands beside a file: in its metadata, its key and the configuration.
 *
 * @param defaults application, operation and session of a file that doesn't say them itself
 * @param dryRun whether nothing is to be sent, whatever the file says
 * @param mapping the key of the mapping that the metadata names
 * @param maxDeactivations how many deactivations this one file may hold, as the metadata says it
 * @param maxChanges how many changes this one file may hold, as the metadata says it
 */
public record FileSettings(
        ImportDefaults defaults,
        boolean dryRun,
        Optional<String> mapping,
        Optional<String> maxDeactivations,
        Optional<String> maxChanges) {

    private static final String APPLICATION_ID = "application-id";
    private static final String IMPORT_OPERATION = "import-operation";
    private static final String SESSION_ID = "session-id";
    private static final String DRY_RUN = "dry-run";
    private static final String MAPPING = "mapping";
    private static final String MAX_DEACTIVATIONS = "max-deactivations";
    private static final String MAX_CHANGES = "max-changes";
    private static final String PREVIEW = "preview";

    /**
     * @param metadata the object's user metadata, names in small letters
     * @throws ProblemException {@code invalid-request} when the metadata is wrong
     */
    static FileSettings of(String key, Map<String, String> metadata, Settings settings) {
        Optional<String> keyApplication = Optional.empty();
        Optional<ImportOperation> keyOperation = Optional.empty();
        boolean preview = false;
        String[] segments = key.split("/");
        for (int i = 1; i < segments.length - 1; i++) {
            Optional<ImportOperation> operation = operation(segments[i]);
            if (operation.isPresent() && OktaId.isValid(segments[i - 1])) {
                keyApplication = Optional.of(segments[i - 1]);
                keyOperation = operation;
                preview = operation.get() == ImportOperation.SNAPSHOT
                        && i + 1 < segments.length - 1
                        && segments[i + 1].equalsIgnoreCase(PREVIEW);
            }
        }
        ImportDefaults defaults = new ImportDefaults(
                first(id(APPLICATION_ID, metadata), keyApplication, settings.applicationId()),
                first(named(metadata), keyOperation, settings.operation()),
                id(SESSION_ID, metadata),
                true,
                true);
        return new FileSettings(
                defaults,
                preview || flag(DRY_RUN, metadata),
                text(MAPPING, metadata),
                text(MAX_DEACTIVATIONS, metadata),
                text(MAX_CHANGES, metadata));
    }

    /** How many deactivations this one file may hold, where its metadata says it. */
    public Optional<Limit> deactivationLimit() {
        return limit(MAX_DEACTIVATIONS, maxDeactivations);
    }

    /** How many changes this one file may hold, where its metadata says it. */
    public Optional<Limit> changeLimit() {
        return limit(MAX_CHANGES, maxChanges);
    }

    private static Optional<Limit> limit(String name, Optional<String> text) {
        return text.map(given -> Limit.parse(given).orElseThrow(() -> invalid(name, "must be " + Limit.FORM)));
    }

    /** A folder's name as an operation: any case, with {@code -} or {@code _}. */
    private static Optional<ImportOperation> operation(String segment) {
        String slug = segment.toLowerCase(Locale.ROOT).replace('_', '-');
        for (ImportOperation operation : ImportOperation.values()) {
            if (operation.slug().equals(slug)) {
                return Optional.of(operation);
            }
        }
        return Optional.empty();
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

    private static boolean flag(String name, Map<String, String> metadata) {
        String text = text(name, metadata).orElse("false").toLowerCase(Locale.ROOT);
        if (!text.equals("true") && !text.equals("false")) {
            throw invalid(name, "must be true or false");
        }
        return text.equals("true");
    }

    private static Optional<String> id(String name, Map<String, String> metadata) {
        Optional<String> id = text(name, metadata);
        if (id.isPresent() && !OktaId.isValid(id.get())) {
            throw invalid(name, "is not an Okta id");
        }
        return id;
    }

    private static Optional<ImportOperation> named(Map<String, String> metadata) {
        return text(IMPORT_OPERATION, metadata).map(text -> ImportOperation.parse(text)
                .or(() -> operation(text))
                .orElseThrow(() ->
                        invalid(IMPORT_OPERATION, "must be CREATE_AND_UPDATE, DEACTIVATE_AND_DELETE or SNAPSHOT")));
    }

    private static ProblemException invalid(String name, String message) {
        return Problem.invalidRequest(List.of(new FieldError("object metadata " + name, message)))
                .exception();
    }
}
