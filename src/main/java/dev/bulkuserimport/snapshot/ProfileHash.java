package dev.bulkuserimport.snapshot;

import java.util.Arrays;
import java.util.BitSet;

/** The hash of a person's profile, built property by property, in any order. */
final class ProfileHash {

    private static final String LOGIN = "userName";

    private final KeyedHash keyed;
    private final KnownHashes known = new KnownHashes();
    private byte[] text = new byte[256];

    private int[] names = new int[16];
    private int[] hashes = new int[16];
    private final BitSet empty = new BitSet();
    private int count;
    private long sum;
    private long login;

    ProfileHash(HashKey key) {
        this.keyed = key.hash();
    }

    void begin() {
        count = 0;
        sum = 0;
        login = 0;
        empty.clear();
    }

    /**
     * @param name the property's number in the state
     * @param property its name, which is included in the hash, so that equal values of two properties differ
     */
    void property(int name, String property, char[] value, int offset, int length) {
        long hash = known.get(name, value, offset, length, () -> hash(property, value, offset, length, (byte) 0));
        if (property.equals(LOGIN)) {
            login = loginHash(value, offset, length);
        }
        empty.set(count, length == 0);
        add(name, hash);
    }

    void nullProperty(int name, String property) {
        empty.set(count);
        add(name, hash(property, new char[0], 0, 0, (byte) 1));
    }

    /** A property of an earlier profile that this one doesn't replace; of its hash only these bits are known. */
    void keep(int name, int hash) {
        add(name, hash);
    }

    /** The login that the person has, unless this profile gives them one. */
    void keepLogin(long hash) {
        login = login == 0 ? hash : login;
    }

    /** The hash of all properties, independent of their order; with kept ones it equals no hash of properties alone. */
    long sum() {
        return sum;
    }

    /** The hash of the login, ignoring case; 0 without a login. */
    long login() {
        return login;
    }

    int count() {
        return count;
    }

    int name(int i) {
        return names[i];
    }

    int hash(int i) {
        return hashes[i];
    }

    /** Whether a property has no value. */
    boolean isEmpty(int i) {
        return empty.get(i);
    }

    /** Whether the profile has the property with a number. */
    boolean has(int name) {
        for (int i = 0; i < count; i++) {
            if (names[i] == name) {
                return true;
            }
        }
        return false;
    }

    private void add(int name, long hash) {
        if (count == names.length) {
            names = Arrays.copyOf(names, 2 * count);
            hashes = Arrays.copyOf(hashes, 2 * count);
        }
        names[count] = name;
        hashes[count++] = (int) hash;
        // A sum of keyed hashes; a person has each property once, so no two terms cancel each other out.
        sum += hash;
    }

    private long loginHash(char[] value, int offset, int length) {
        char[] folded = new char[length];
        for (int i = 0; i < length; i++) {
            folded[i] = Character.toLowerCase(Character.toUpperCase(value[offset + i]));
        }
        long hash = hash("login", folded, 0, length, (byte) 2);
        return hash == 0 ? 1 : hash;
    }

    private long hash(String property, char[] value, int offset, int length, byte kind) {
        int needed = 1 + 2 * property.length() + 2 + 2 * length;
        if (text.length < needed) {
            text = new byte[2 * needed];
        }
        int at = 0;
        text[at++] = kind;
        for (int i = 0; i < property.length(); i++) {
            at = put(at, property.charAt(i));
        }
        // A name contains no NUL, so name and value can't be confused with another name and value.
        at = put(at, '\0');
        for (int i = offset; i < offset + length; i++) {
            at = put(at, value[i]);
        }
        return keyed.of(text, at);
    }

    private int put(int at, char c) {
        text[at] = (byte) (c >> 8);
        text[at + 1] = (byte) c;
        return at + 2;
    }
}
