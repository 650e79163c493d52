package dev.bulkuserimport.mapping;

import java.util.ArrayList;
import java.util.List;

/** Where a file's mapping lies: beside it, or in the nearest folder above it. */
public final class MappingKeys {

    private static final String NAME = "mapping.json";

    /** The folder above which nobody looks. */
    private static final String TOP = "imports";

    /** Folders that are looked into; each costs a call of S3. */
    private static final int MOST = 16;

    private MappingKeys() {}

    /** Whether an object is a mapping, which is never imported. */
    public static boolean isMapping(String key) {
        return key.equals(NAME) || key.endsWith("/" + NAME);
    }

    /**
     * The keys under which a file's mapping may lie, the nearest first: its folder and those above it, up to the last {@code imports/} on
     * the way; where there is none, up to the topmost folder. At most 16.
     */
    public static List<String> candidates(String key) {
        List<String> candidates = new ArrayList<>();
        int end = key.lastIndexOf('/');
        if (end < 0) {
            return List.of(NAME);
        }
        while (end >= 0 && candidates.size() < MOST) {
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
