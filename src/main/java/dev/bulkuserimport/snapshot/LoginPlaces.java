package dev.bulkuserimport.snapshot;

/** Where the logins of new people stand in the source: 12 bytes for each. */
final class LoginPlaces {

    private long[] logins = new long[256];
    private int[] places = new int[256];
    private int size;

    void put(long login, int place) {
        if (login == 0) {
            return;
        }
        if (2 * size >= logins.length) {
            long[] oldLogins = logins;
            int[] oldPlaces = places;
            logins = new long[2 * oldLogins.length];
            places = new int[logins.length];
            for (int i = 0; i < oldLogins.length; i++) {
                if (oldLogins[i] != 0) {
                    int slot = slot(oldLogins[i]);
                    logins[slot] = oldLogins[i];
                    places[slot] = oldPlaces[i];
                }
            }
        }
        int slot = slot(login);
        size += logins[slot] == 0 ? 1 : 0;
        logins[slot] = login;
        places[slot] = place;
    }

    /** The place of a login; -1 when no new person has it. */
    int get(long login) {
        int slot = slot(login);
        return login != 0 && logins[slot] == login ? places[slot] : -1;
    }

    private int slot(long login) {
        // The logins are keyed hashes already.
        int slot = (int) login & logins.length - 1;
        while (logins[slot] != 0 && logins[slot] != login) {
            slot = slot + 1 & logins.length - 1;
        }
        return slot;
    }
}
