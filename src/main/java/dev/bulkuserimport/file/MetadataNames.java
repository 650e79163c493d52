package dev.bulkuserimport.file;

import dev.bulkuserimport.problem.FieldError;
import dev.bulkuserimport.problem.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The names of a file's metadata. Similar names are refused: a misspelled dry run must not be an import. */
final class MetadataNames {

    static final String APPLICATION_ID = "application-id";
    static final String IMPORT_OPERATION = "import-operation";
    static final String SESSION_ID = "session-id";
    static final String DRY_RUN = "dry-run";
    static final String MAPPING = "mapping";
    static final String MAX_DEACTIVATIONS = "max-deactivations";
    static final String MAX_CHANGES = "max-changes";
    static final String MAX_RETURNS = "max-returns";
    static final String MAX_GROUP_REMOVALS = "max-group-removals";
    static final String PARTS = "parts";

    private static final List<String> ALL = List.of(
            APPLICATION_ID,
            IMPORT_OPERATION,
            SESSION_ID,
            DRY_RUN,
            MAPPING,
            MAX_DEACTIVATIONS,
            MAX_CHANGES,
            MAX_RETURNS,
            MAX_GROUP_REMOVALS,
            "people",
            "columns",
            PARTS,
            "rules");

    private static final Map<String, String> FOLDED = new HashMap<>();

    static {
        ALL.forEach(name -> FOLDED.put(folded(name), name));
    }

    private MetadataNames() {}

    /** @throws dev.bulkuserimport.problem.ProblemException {@code invalid-request} with the right name for each similar one */
    static void check(Map<String, String> metadata) {
        List<FieldError> errors = new ArrayList<>();
        metadata.keySet().stream().sorted().forEach(name -> {
            String right = FOLDED.getOrDefault(folded(name), "");
            if (!right.isEmpty() && !ALL.contains(name.toLowerCase(Locale.ROOT))) {
                errors.add(new FieldError("object metadata " + name, "is unknown: the name is " + right));
            }
        });
        if (!errors.isEmpty()) {
            throw Problem.invalidRequest(errors).exception();
        }
    }

    /** A name in lower case, without hyphens, underscores and a leading {@code x-}. */
    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT).replaceFirst("^x[-_]", "").replaceAll("[-_]", "");
    }
}
