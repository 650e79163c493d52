package dev.bulkuserimport.mapping;

import java.util.ArrayList;
import java.util.List;

/** Where a file's mapping is: beside it, or in the nearest folder above it. */
public final class MappingKeys {

    private static final String NAME = "mapping.json";

    /** The folder above which no mapping is looked for. */
    private static final String TOP = "imports";

    private MappingKeys() {}

    /** Whether an object is a mapping, which is never imported. */
    public static boolean isMapping(String key) {
        return key.equals(NAME) || key.endsWith("/" + NAME);
    }

    /**
     * The keys under which a file's mapping may be, the nearest first: its folder and those above it, up to the last {@code imports/} on
     * the way; where there is none, up to the topmost folder. A key has 1,024 bytes, so they are 511 at most.
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
