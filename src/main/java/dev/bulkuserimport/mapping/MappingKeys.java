package dev.bulkuserimport.mapping;

import java.util.ArrayList;
import java.util.List;

/** Where a file's mapping is: in its folder, or in the nearest folder above. */
public final class MappingKeys {

    private static final String NAME = "mapping.json";

    /** The topmost folder that is searched for mappings. */
    private static final String TOP = "imports";

    private MappingKeys() {}

    /** Whether an object is a mapping, which is never imported. */
    public static boolean isMapping(String key) {
        return key.equals(NAME) || key.endsWith("/" + NAME);
    }

    /**
     * The keys that a file's mapping may have, nearest first: in its folder and those above, up to the last {@code imports/} in the path;
     * without one, up to the topmost folder. A key has 1,024 bytes, so there are at most 511.
     */
    public static List<String> candidates(String key) {
        List<String> candidates = new ArrayList<>();
        int end = key.lastIndexOf('/');
        if (end < 0) {
            return List.of(NAME);
        }
        while (end >= 0) {
            String folder = key.substring(0, end);
            candidates.add(folder + "/" + NAME);
            int above = folder.lastIndexOf('/');
            if (folder.substring(above + 1).equals(TOP)) {
                break;
            }
            end = above;
        }
        return candidates;
    }
}
