package dev.bulkuserimport.file;

import dev.bulkuserimport.problem.Problem;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognizes keys whose last segment indicates one part of several, as named by Spark and splitting tools. */
final class PartName {

    private static final Pattern PART = Pattern.compile("(?:^|[-_.])part[-_]?\\d+", Pattern.CASE_INSENSITIVE);

    private static final Pattern ONE_OF_SEVERAL =
            Pattern.compile("(?<!\\d)\\d+([-_])of\\1(\\d+)", Pattern.CASE_INSENSITIVE);

    private PartName() {}

    /**
     * Requires that a snapshot is no part of one.
     *
     * @throws dev.bulkuserimport.problem.ProblemException {@code invalid-request}
     */
    static void requireWhole(SourceFile snapshot) {
        if (!snapshot.settings().onlyPart() && isPart(snapshot.object().key())) {
            throw Problem.invalidRequest(
                            "key",
                            "indicates one part of several, but a snapshot must contain everyone: join the parts. If"
                                    + " there are no others, upload the file again with the metadata parts: one")
                    .exception();
        }
    }

    static boolean isPart(String key) {
        String name = key.substring(key.lastIndexOf('/') + 1);
        if (PART.matcher(name).find()) {
            return true;
        }
        Matcher several = ONE_OF_SEVERAL.matcher(name);
        while (several.find()) {
            if (!several.group(2).matches("0*1?")) {
                return true;
            }
        }
        return false;
    }
}
