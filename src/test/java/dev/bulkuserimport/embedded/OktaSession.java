package dev.bulkuserimport.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An import session, with everything that was accepted into it. */
public final class OktaSession {

    private static final Duration LIFE = Duration.ofHours(24);

    private final String id;
    private final String app;
    private final Instant created;
    private Map<String, byte[]> users = new LinkedHashMap<>();
    private Set<String> deletions = new LinkedHashSet<>();
    private final Map<String, JsonNode> groups = new LinkedHashMap<>();
    private final Set<String> groupDeletions = new LinkedHashSet<>();
    private final Set<GroupBody.Pair> joins = new LinkedHashSet<>();
    private final Set<GroupBody.Pair> leaves = new LinkedHashSet<>();
    private final List<String> repeated = new ArrayList<>();
    private final List<Integer> requestUsers = new ArrayList<>();
    private final List<Integer> requestBytes = new ArrayList<>();
    private String status = "CREATED";
    private Instant touched;
    private Instant triggered;
    private Instant begins = Instant.MIN;
    private Instant ended;
    private Processing processing = Processing.QUICK;
    private int reads;

    OktaSession(String id, String app, Instant now) {
        this.id = id;
        this.app = app;
        this.created = now;
        this.touched = now;
    }

    public String id() {
        return id;
    }

    public String app() {
        return app;
    }

    /** The state that Okta showed last: a session is worked on when somebody asks Okta for something. */
    public synchronized String status() {
        return status;
    }

    public synchronized void status(String forced) {
        status = forced;
        if (forced.equals("TRIGGERED")) {
            triggered = Instant.now();
        }
    }

    /** The profiles that were accepted, by external ID, in the order in which they came; each is read when it is looked at. */
    public synchronized Map<String, JsonNode> users() {
        return new Profiles(new LinkedHashMap<>(users));
    }

    /** The external IDs whose deactivation was accepted. */
    public synchronized List<String> deletions() {
        return new ArrayList<>(deletions);
    }

    /** Users that were accepted, to be changed and to be deactivated. */
    synchronized int size() {
        return users.size() + deletions.size();
    }

    /** External IDs that were accepted more than once, which is a race in the real Okta. */
    public synchronized List<String> repeated() {
        return new ArrayList<>(repeated);
    }

    /** Users in each accepted request. */
    public synchronized List<Integer> requestUsers() {
        return new ArrayList<>(requestUsers);
    }

    /** Bytes of each accepted request. */
    public synchronized List<Integer> requestBytes() {
        return new ArrayList<>(requestBytes);
    }

    // What Okta does.

    synchronized boolean takesUploads() {
        return status.equals("CREATED") || status.equals("IN_PROGRESS");
    }

    synchronized boolean isActive() {
        return takesUploads() || status.equals("TRIGGERED");
    }

    /** When it was triggered. */
    synchronized Optional<Instant> triggered() {
        return Optional.ofNullable(triggered);
    }

    /** When Okta was done with it. */
    synchronized Optional<Instant> ended() {
        return Optional.ofNullable(ended);
    }

    synchronized void expireIfIdle(Instant now) {
        if (takesUploads() && touched.plus(LIFE).isBefore(now)) {
            status = "EXPIRED";
        }
    }

    synchronized void trigger(Instant now, Processing how) {
        status = "TRIGGERED";
        triggered = now;
        touched = now;
        processing = how;
    }

    synchronized void beginsNotBefore(Instant free) {
        begins = free;
    }

    /** A session that is read while Okta works on it. */
    synchronized void read() {
        if (status.equals("TRIGGERED")) {
            reads++;
        }
    }

    /** Brings what was accepted into the directory, if it is time by now. Whether it is done. */
    synchronized boolean process(OktaDirectory directory, Instant now) {
        Instant done = (begins.isAfter(triggered) ? begins : triggered).plus(processing.takes());
        if (done.isAfter(now) || reads < processing.gets()) {
            return false;
        }
        int left = processing.users();
        for (Iterator<Map.Entry<String, byte[]>> i = users.entrySet().iterator(); i.hasNext() && left > 0; left--) {
            Map.Entry<String, byte[]> user = i.next();
            directory.upsert(user.getKey(), user.getValue(), now);
        }
        for (Iterator<String> i = deletions.iterator(); i.hasNext() && left > 0; left--) {
            directory.delete(i.next(), now);
        }
        if (left > 0) {
            groups.forEach(directory.groups()::upsert);
            joins.forEach(pair -> directory.groups().join(pair.group(), pair.member()));
            leaves.forEach(pair -> directory.groups().leave(pair.group(), pair.member()));
            groupDeletions.forEach(directory.groups()::delete);
        }
        if (!directory.keepsProfiles()) {
            users = new LinkedHashMap<>();
            deletions = new LinkedHashSet<>();
        }
        status = processing.end();
        ended = done;
        touched = now;
        return true;
    }

    synchronized void accept(BulkBody body, boolean anyKnown, Instant now) {
        body.upserts().forEach((externalId, profile) -> {
            if (users.put(externalId, profile) != null || deletions.contains(externalId)) {
                repeated.add(externalId);
            }
        });
        for (String externalId : body.deletions()) {
            if (!deletions.add(externalId) || users.containsKey(externalId)) {
                repeated.add(externalId);
            }
        }
        repeated.addAll(body.repeated());
        requestUsers.add(body.upserts().size() + body.deletions().size());
        requestBytes.add(body.bytes());
        touched = now;
        if (anyKnown) {
            status = "IN_PROGRESS";
        }
    }

    /**
     * Groups and memberships. What Okta doesn't document is decided strictly: a membership needs a group and a member that this session or
     * an earlier one has brought and this one hasn't deleted, and nothing may come twice.
     */
    synchronized void accept(GroupBody body, OktaDirectory directory, Instant now) throws BulkBody.Refused {
        for (String group : body.upserts().keySet()) {
            refuseIf(groups.containsKey(group) || groupDeletions.contains(group), "the same group twice");
        }
        for (String group : body.deletions()) {
            refuseIf(groups.containsKey(group) || groupDeletions.contains(group), "the same group twice");
        }
        for (GroupBody.Pair pair : body.joins()) {
            refuseUnknown(pair, directory);
        }
        for (GroupBody.Pair pair : body.leaves()) {
            refuseUnknown(pair, directory);
        }
        groups.putAll(body.upserts());
        groupDeletions.addAll(body.deletions());
        joins.addAll(body.joins());
        leaves.addAll(body.leaves());
        requestBytes.add(body.bytes());
        touched = now;
        status = "IN_PROGRESS";
    }

    private void refuseUnknown(GroupBody.Pair pair, OktaDirectory directory) throws BulkBody.Refused {
        boolean group = groups.containsKey(pair.group())
                || directory.groups().knows(pair.group()) && !groupDeletions.contains(pair.group());
        boolean member = users.containsKey(pair.member())
                || directory.knows(pair.member()) && !deletions.contains(pair.member());
        refuseIf(!group, "a membership's group is unknown");
        refuseIf(!member, "a membership's member is unknown");
        refuseIf(joins.contains(pair) || leaves.contains(pair), "the same member twice in one group");
    }

    private static void refuseIf(boolean wrong, String message) throws BulkBody.Refused {
        if (wrong) {
            throw new BulkBody.Refused(message);
        }
    }

    /** The groups that were accepted, by external ID. */
    public synchronized Map<String, JsonNode> groups() {
        return new LinkedHashMap<>(groups);
    }

    /** The external IDs of the groups whose deletion was accepted. */
    public synchronized Set<String> groupDeletions() {
        return new LinkedHashSet<>(groupDeletions);
    }

    /** The memberships that were accepted, each as {@code group/member}. */
    public synchronized Set<String> joins() {
        return pairs(joins);
    }

    /** The memberships whose removal was accepted. */
    public synchronized Set<String> leaves() {
        return pairs(leaves);
    }

    private static Set<String> pairs(Set<GroupBody.Pair> pairs) {
        Set<String> texts = new LinkedHashSet<>();
        pairs.forEach(pair -> texts.add(pair.group() + "/" + pair.member()));
        return texts;
    }

    /** Cancelling drops all that was uploaded. */
    synchronized void cancel(Instant now) {
        status = "CLOSED";
        touched = now;
        users.clear();
        deletions.clear();
        groups.clear();
        groupDeletions.clear();
        joins.clear();
        leaves.clear();
    }

    synchronized ObjectNode json() {
        ObjectNode json = OktaAnswer.JSON.createObjectNode();
        json.put("id", id);
        json.put("identitySourceId", app);
        json.put("status", status);
        json.put("importType", "INCREMENTAL");
        json.put("created", created.toString());
        json.put("lastUpdated", touched.toString());
        return json;
    }

    private static final class Profiles extends AbstractMap<String, JsonNode> {

        private final Map<String, byte[]> profiles;

        Profiles(Map<String, byte[]> profiles) {
            this.profiles = profiles;
        }

        @Override
        public JsonNode get(Object externalId) {
            byte[] profile = profiles.get(externalId);
            return profile == null ? null : parse(profile);
        }

        @Override
        public boolean containsKey(Object externalId) {
            return profiles.containsKey(externalId);
        }

        @Override
        public Set<String> keySet() {
            return Collections.unmodifiableSet(profiles.keySet());
        }

        @Override
        public Set<Entry<String, JsonNode>> entrySet() {
            Set<Entry<String, JsonNode>> entries = new LinkedHashSet<>();
            profiles.forEach((externalId, profile) -> entries.add(Map.entry(externalId, parse(profile))));
            return entries;
        }

        @Override
        public int size() {
            return profiles.size();
        }

        private static JsonNode parse(byte[] profile) {
            try {
                return OktaAnswer.JSON.readTree(profile);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
