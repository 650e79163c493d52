package dev.bulkuserimport.file;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognizes keys whose last segment indicates one part of several, as named by Spark and splitting tools. */
final class PartName {

    private static final Pattern PART = Pattern.compile("(?:^|[-_.])part[-_]?\\d+", Pattern.CASE_INSENSITIVE);

    private static final Pattern ONE_OF_SEVERAL =
            Pattern.compile("(?<!\\d)\\d+([-_])of\\1(\\d+)", Pattern.CASE_INSENSITIVE);

    private PartName() {}

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
