package dev.bulkuserimport.snapshot;

import java.nio.charset.StandardCharsets;

/** The keyed hash of a group's profile. */
final class GroupHash {

    private final KeyedHash keyed;

    GroupHash(HashKey key) {
        this.keyed = key.hash();
    }

    /** @param description empty where the group has none */
    long of(String displayName, String description) {
        byte[] text = ("group\0" + displayName + '\0' + description).getBytes(StandardCharsets.UTF_8);
        return keyed.of(text, text.length);
    }
}
