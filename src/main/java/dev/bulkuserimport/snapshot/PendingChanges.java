package dev.bulkuserimport.snapshot;

import dev.bulkuserimport.base.ByteChunks;
import dev.bulkuserimport.plan.SessionPlan;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * The changes to the state of the people who are sent, in the order of sending, until they are taken session by session. Where there is no
 * state, those whom the file leaves out are kept beside them.
 */
public final class PendingChanges {

    private final GroupHash groups;
    private final ByteChunks leftOut = new ByteChunks();
    private ByteChunks people = new ByteChunks();

    PendingChanges(GroupHash groups) {
        this.groups = groups;
    }

    /** @param absence how long the person has been missing, if the file says nothing about that */
    void active(String externalId, ProfileHash profile, Optional<PersonEntry.Absence> absence) {
        PersonEntry.writeActive(people, externalId, profile, absence);
    }

    /** A row is left out, and there is no state that knows its person. */
    void leftOut(String externalId) {
        PersonEntry.write(leftOut, externalId, PersonEntry.Kind.UNKNOWN);
    }

    /** The people of these rows, as a state may hold them. */
    public ByteChunks leftOut() {
        return leftOut;
    }

    /** A person loses access. */
    void out(String externalId, PersonEntry.Kind kind) {
        PersonEntry.write(people, externalId, kind);
    }

    /** Takes those of the next session, and adds what it changes of groups and memberships; called once for each, in order. */
    public byte[] take(SessionPlan session) throws IOException {
        byte[] taken = take(session.users());
        if (!session.isMixed()) {
            return taken;
        }
        ByteChunks all = ByteChunks.of(taken);
        new GroupChanges(groups, all).add(session);
        byte[] bytes = all.stream().readAllBytes();
        all.release();
        return bytes;
    }

    /** Takes those of the next people. */
    byte[] take(int count) throws IOException {
        PersonEntry.Cursor cursor = new PersonEntry.Cursor(people);
        int end = 0;
        for (int i = 0; i < count; i++) {
            end = cursor.at(end).end();
        }
        try (InputStream session = people.stream(0, end);
                InputStream rest = people.stream(end, people.size() - end)) {
            byte[] bytes = session.readAllBytes();
            ByteChunks remaining = new ByteChunks();
            rest.transferTo(remaining);
            people.release();
            people = remaining;
            return bytes;
        }
    }
}
