package dev.bulkuserimport.file;

import dev.bulkuserimport.config.Settings;
import dev.bulkuserimport.plan.Guards;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.rules.Limit;
import dev.bulkuserimport.rules.OktaId;
import dev.bulkuserimport.snapshot.SnapshotTerms.Waiver;
import dev.bulkuserimport.source.ImportDefaults;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The options of a file's import from outside the file: its metadata, its key and the configuration.
 *
 * @param defaults application, operation and session of a file that doesn't name them itself
 * @param dryRun whether it is a dry run, whatever the file says
 * @param mapping the mapping's key from the metadata
 * @param limits how many deactivations, changes, returns and removals from a group this one file may hold, as the metadata says it
 * @param waivers the checks that the metadata waives
 * @param onlyPart whether the metadata says that there are no other parts, even if the key looks like one
 */
public record FileSettings(
        ImportDefaults defaults,
        boolean dryRun,
        Optional<String> mapping,
        Guards.Limits limits,
        Set<Waiver> waivers,
        boolean onlyPart) {

    private static final String ONE_PART = "one";

    /**
     * @param metadata the object's user metadata, names in lower case
     * @throws ProblemException {@code invalid-request} when the metadata is invalid, or a folder looks like a dry run but isn't one
     */
    static FileSettings of(String key, Map<String, String> metadata, Settings settings) {
        MetadataNames.check(metadata);
        KeyFolders folders = KeyFolders.of(key);
        ImportDefaults defaults = new ImportDefaults(
                first(id(MetadataNames.APPLICATION_ID, metadata), folders.applicationId(), settings.applicationId()),
                first(named(metadata), folders.operation(), settings.operation()),
                id(MetadataNames.SESSION_ID, metadata),
                true,
                true);
        return new FileSettings(
                defaults,
                folders.preview() || flag(MetadataNames.DRY_RUN, metadata),
                text(MetadataNames.MAPPING, metadata),
                new Guards.Limits(
                        limit(MetadataNames.MAX_DEACTIVATIONS, metadata),
                        limit(MetadataNames.MAX_CHANGES, metadata),
                        limit(MetadataNames.MAX_RETURNS, metadata),
                        limit(MetadataNames.MAX_GROUP_REMOVALS, metadata)),
                waivers(metadata),
                has(MetadataNames.PARTS, ONE_PART, metadata));
    }

    private static Optional<Limit> limit(String name, Map<String, String> metadata) {
        return text(name, metadata)
                .map(given -> Limit.parse(given).orElseThrow(() -> invalid(name, "must be " + Limit.FORM)));
    }

    private static Set<Waiver> waivers(Map<String, String> metadata) {
        Set<Waiver> waivers = EnumSet.noneOf(Waiver.class);
        for (Waiver waiver : Waiver.values()) {
            if (has(waiver.metadata(), Waiver.INTENDED, metadata)) {
                waivers.add(waiver);
            }
        }
        return waivers;
    }

    /** Whether metadata that has only one value is there. */
    private static boolean has(String name, String value, Map<String, String> metadata) {
        Optional<String> given = text(name, metadata);
        if (given.isPresent() && !given.get().equalsIgnoreCase(value)) {
            throw invalid(name, "must be " + value + ", or be omitted");
        }
        return given.isPresent();
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
            throw invalid(name, "is not an Okta ID");
        }
        return id;
    }

    private static Optional<ImportOperation> named(Map<String, String> metadata) {
        return text(MetadataNames.IMPORT_OPERATION, metadata).map(text -> ImportOperation.parse(text)
                .or(() -> KeyFolders.operation(text))
                .orElseThrow(() -> invalid(
                        MetadataNames.IMPORT_OPERATION,
                        "must be CREATE_AND_UPDATE, DEACTIVATE_AND_DELETE or SNAPSHOT")));
    }

    private static ProblemException invalid(String name, String message) {
        return Problem.invalidRequest("object metadata " + name, message).exception();
    }
}
