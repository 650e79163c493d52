package dev.bulkuserimport.file;

import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.rules.KnownNames;
import dev.bulkuserimport.rules.OktaId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The options of a file's import from the folders of its key.
 *
 * @param applicationId the folder above the operation's, if it is an ID
 * @param operation the operation of the last folder that is named like one and is below an application's folder
 * @param preview whether the file is in a folder {@code preview} directly below a folder {@code snapshot}: a dry run
 */
record KeyFolders(Optional<String> applicationId, Optional<ImportOperation> operation, boolean preview) {

    private static final String ROOT = "imports";
    private static final String PREVIEW = "preview";

    /** Likely names for the folder of a dry run, folded. Below an operation's folder, none of them may be a real import. */
    private static final Set<String> LIKE_PREVIEW = Set.of("dryrun", "test", PREVIEW, "previews");

    /** @throws dev.bulkuserimport.problem.ProblemException {@code invalid-request} for a folder that looks like a dry run but isn't one */
    static KeyFolders of(String key) {
        String[] segments = key.split("/");
        Optional<String> application = Optional.empty();
        Optional<ImportOperation> found = Optional.empty();
        boolean preview = false;
        boolean belowOperation = false;
        for (int i = 0; i < segments.length - 1; i++) {
            Optional<ImportOperation> operation = operation(segments[i]);
            boolean isPreview = i > 0
                    && segments[i].equalsIgnoreCase(PREVIEW)
                    && operation(segments[i - 1])
                            .filter(above -> above == ImportOperation.SNAPSHOT)
                            .isPresent();
            preview |= isPreview;
            if (!isPreview) {
                refuseLikePreview(segments[i], belowOperation);
            }
            boolean belowPreview = i > 0 && segments[i - 1].equalsIgnoreCase(PREVIEW);
            if (operation.isPresent() && i > 0 && isApplication(segments[i - 1]) && !belowPreview) {
                application = Optional.of(segments[i - 1]);
                found = operation;
            }
            belowOperation |= operation.isPresent();
        }
        return new KeyFolders(application, found, preview);
    }

    /** The folder that a function's files are in has the form of an ID, but isn't one. */
    private static boolean isApplication(String folder) {
        return OktaId.isValid(folder) && !folder.equalsIgnoreCase(ROOT);
    }

    private static void refuseLikePreview(String folder, boolean belowOperation) {
        String name = KnownNames.folded(folder);
        if (name.equals(PREVIEW) || belowOperation && LIKE_PREVIEW.contains(name)) {
            throw Problem.invalidRequest(
                            "object key",
                            "has a folder " + folder.toLowerCase(Locale.ROOT).replace('_', '-')
                                    + ", which doesn't mean a dry run here. For a dry run, upload a"
                                    + " snapshot to …/{applicationId}/snapshot/preview/, or any file with"
                                    + " the metadata dry-run: true")
                    .exception();
        }
    }

    /** A folder's name as an operation: any case, with {@code -} or {@code _}. */
    static Optional<ImportOperation> operation(String segment) {
        String slug = segment.toLowerCase(Locale.ROOT).replace('_', '-');
        for (ImportOperation operation : ImportOperation.values()) {
            if (operation.slug().equals(slug)) {
                return Optional.of(operation);
            }
        }
        return Optional.empty();
    }
}
