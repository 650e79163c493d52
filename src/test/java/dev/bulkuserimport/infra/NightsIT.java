package dev.bulkuserimport.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkuserimport.embedded.Fault;
import dev.bulkuserimport.embedded.FaultyS3;
import dev.bulkuserimport.embedded.OktaDirectory;
import dev.bulkuserimport.embedded.OktaSession;
import dev.bulkuserimport.embedded.Processing;
import dev.bulkuserimport.embedded.S3MockProcess;
import dev.bulkuserimport.support.Bucket;
import dev.bulkuserimport.support.Person;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * An HR system's export, night after night, through the state machine and the built function: a week, or with the profile
 * {@code thorough} a year. Joiners, changes, leavers, returners, acquisitions and sales, truncated and empty files, deliveries that come again
 * or out of order, the function killed, Okta and S3 failing, sessions that Okta drops; all at random, from a seed. Everybody is a member of
 * their department's group. After each night Okta's directory must be what the accepted sessions say, nobody unchanged may have been sent, nor
 * any membership that is unchanged, and no more deactivated or taken out of a group than the guards allow.
 */
@DisplayName("Nights of snapshots")
class NightsIT {

    private static final String APP = "0oaNights";
    private static final int NIGHTS = Integer.getInteger("nights", 14);
    private static final long SEED = Long.getLong("nights.seed", 20_261_125);

    /** Between two nights with an export of up to 25,000 people. */
    private static final int BIG = 60;

    private static final int NIGHTS_TO_RENUMBER = 14;

    private static S3MockProcess mock;
    private static Bucket bucket;

    private final Random random = new Random(SEED);
    private final Map<String, Integer> told = new TreeMap<>();

    /** What the HR system knows. */
    private final Map<String, Person> staff = new LinkedHashMap<>();

    private final List<String> formerStaff = new ArrayList<>();

    /** What completed sessions have made of Okta's directory. */
    private final Map<String, Person> okta = new HashMap<>();

    /** The memberships that completed sessions have made, each as {@code group/member}. */
    private final Set<String> memberships = new HashSet<>();

    /** Those of sessions of which nobody knows what Okta made of them, and of people who left; they may be sent again. */
    private final Set<String> uncertain = new HashSet<>();

    /** Whom the sessions learned last have taken out of groups. */
    private final Set<String> left = new HashSet<>();

    private int hired;
    private int sessionsBefore;

    /** Whether a gateway has refused what Okta took, in a session that isn't learned yet: the same is sent again then, and changes nothing. */
    private boolean refusedWhatOktaTook;

    /**
     * What is put into the bucket one night.
     *
     * @param let how many deactivations its metadata allows; 0 without it
     * @param renumbered whether everybody is in another department, as after a column has slipped
     */
    private record Export(Map<String, Person> people, int let, boolean renumbered) {

        Export(Map<String, Person> people, int let) {
            this(people, let, false);
        }
    }

    @BeforeAll
    static void start() {
        mock = S3MockProcess.shared(MachineStand.BUILD);
        bucket = Bucket.of(mock.client(), "nights");
    }

    @Test
    @DisplayName("leave Okta with what the accepted ones say, whatever goes wrong")
    void nights() {
        try (MachineStand stand = new MachineStand(mock)) {
            stand.okta().application(APP);
            bucket.put("imports/" + APP + "/mapping.json", """
                    {"externalId": "External ID",
                     "profile": {"userName": "User Name", "department": "department"},
                     "groups": {"externalId": {"from": "department", "prefix": "dept-"}, "displayName": "department"}}""");
            hire(120);
            for (int night = 0; night < NIGHTS; night++) {
                night(stand, night);
            }
        }
        System.out.println(NIGHTS + " nights, seed " + SEED + ": " + told);
    }

    private void night(MachineStand stand, int night) {
        undisturbed(stand);
        int let = change(night);
        if (let == 0 && gone(new Export(staff, 0)) > limit(new Export(staff, 0))) {
            // Somebody has looked at what the guard stopped, and knows that these people have left.
            count("let through");
            let = okta.size();
        }
        Export export = export(night, let);
        List<ObjectNode> older = random.nextInt(10) == 0 && export.people().size() < 4_000
                ? List.of(put(export, "people-" + night + "-first.csv"))
                : List.of();
        ObjectNode file = put(export, "people-" + night + ".csv");
        disturb(stand);
        String what = "night " + night + ", seed " + SEED;
        boolean completed = takes(stand, file, export, what);
        undisturbed(stand);
        if (!completed
                && random.nextBoolean()
                && !isOverTheGuard(export)
                && !export.people().isEmpty()) {
            count("started again");
            assertThat(takes(stand, file, export, what + " again")).as(what).isTrue();
        }
        if (random.nextInt(3) == 0) {
            count("delivered again");
            if (!okta.equals(export.people())) {
                takes(stand, file, export, what + " delivered again");
            } else {
                assertNothingIsSent(stand, file, what);
            }
        }
        for (ObjectNode late : older) {
            count("came late");
            if (okta.equals(export.people())) {
                Execution execution = assertNothingIsSent(stand, late, what);
                assertThat(execution.output().path("state").asText()).as(what).isIn("SUPERSEDED", "FAILED");
            }
        }
    }

    // What happens in the company.

    /** How many leave by a decision that the file's metadata lets through; 0 on an ordinary day. */
    private int change(int night) {
        if (night % BIG == 8) {
            count("acquisition");
            hire(2_000 + random.nextInt(23_000 - 2_000));
            return 0;
        }
        if (staff.size() > 1_500) {
            count("sale");
            int before = staff.size();
            leave(before - 150 - random.nextInt(200));
            return before;
        }
        hire(random.nextInt(8));
        leave(random.nextInt(Math.max(1, Math.min(5, staff.size() - 60))));
        for (int i = random.nextInt(3); i > 0 && !formerStaff.isEmpty(); i--) {
            String id = formerStaff.remove(random.nextInt(formerStaff.size()));
            staff.put(id, person(id));
            count("returners");
        }
        for (String id : List.copyOf(staff.keySet())) {
            if (random.nextInt(40) == 0) {
                staff.put(id, person(id));
            }
        }
        return 0;
    }

    private Person person(String id) {
        return new Person(id.toLowerCase(java.util.Locale.ROOT) + "@example.com", "D" + random.nextInt(5));
    }

    private void hire(int people) {
        for (int i = 0; i < people; i++) {
            String id = "E-" + hired++;
            staff.put(id, person(id));
        }
    }

    private void leave(int people) {
        List<String> ids = new ArrayList<>(staff.keySet());
        for (int i = 0; i < people; i++) {
            String id = ids.remove(random.nextInt(ids.size()));
            staff.remove(id);
            formerStaff.add(id);
        }
    }

    private Export export(int night, int let) {
        Map<String, Person> all = new LinkedHashMap<>(staff);
        int kind = night == 0 ? 99 : random.nextInt(100);
        if (kind < 2) {
            count("empty");
            return new Export(Map.of(), 0);
        }
        if (kind < 9) {
            count("truncated");
            Map<String, Person> some = new LinkedHashMap<>();
            int most = (int) (all.size() * (0.3 + 0.7 * random.nextDouble()));
            all.forEach((id, person) -> {
                if (some.size() < most) {
                    some.put(id, person);
                }
            });
            return new Export(some, 0);
        }
        // Where memberships are uncertain, nobody can say what the guard of groups counts.
        if ((kind < 12 || night % NIGHTS_TO_RENUMBER == 5) && uncertain.isEmpty() && night > 0) {
            count("departments renumbered");
            all.replaceAll((id, person) -> new Person(person.login(), "N" + person.department()));
            return new Export(all, let, true);
        }
        return new Export(all, let);
    }

    private ObjectNode put(Export export, String name) {
        Map<String, String> metadata =
                export.let() > 0 ? Map.of("max-deactivations", String.valueOf(export.let())) : Map.of();
        return bucket.put("imports/" + APP + "/snapshot/" + name, Person.csv(export.people()), metadata)
                .named();
    }

    // What goes wrong.

    private void disturb(MachineStand stand) {
        int kind = random.nextInt(100);
        if (kind < 7) {
            count("killed");
            stand.killAt(
                    random.nextInt(70), random.nextBoolean() ? MachineStand.Moment.BEFORE : MachineStand.Moment.AFTER);
        } else if (kind < 14) {
            count("Okta failing for a while");
            String call =
                    List.of("POST", "bulk-", "start-import", "GET", "sessions").get(random.nextInt(5));
            stand.okta()
                    .fault(Fault.status(503).on(call).after(random.nextInt(3)).times(1 + random.nextInt(6)));
        } else if (kind < 20) {
            count("Okta's answer lost");
            Fault.Kind lost = List.of(Fault.Kind.RESET_AFTER, Fault.Kind.HTML_AFTER, Fault.Kind.TRUNCATE)
                    .get(random.nextInt(3));
            String call = List.of("POST", "bulk-", "start-import").get(random.nextInt(3));
            refusedWhatOktaTook |= lost == Fault.Kind.HTML_AFTER;
            stand.okta().fault(Fault.upload(lost).on(call).after(random.nextInt(2)));
        } else if (kind < 28) {
            count("S3 failing");
            FaultyS3.Kind s3Fault = FaultyS3.Kind.RANDOM.get(random.nextInt(FaultyS3.Kind.RANDOM.size()));
            if (s3Fault != FaultyS3.Kind.FORBIDDEN) {
                stand.door()
                        .fault(
                                s3Fault,
                                random.nextBoolean() ? "PUT" : "GET",
                                random.nextInt(20),
                                1 + random.nextInt(3));
            }
        } else if (kind < 33) {
            count("session dropped");
            stand.okta()
                    .processing(
                            APP,
                            random.nextBoolean() ? Processing.QUICK : Processing.error(),
                            random.nextBoolean() ? Processing.error() : Processing.expired(),
                            Processing.QUICK);
        } else if (kind < 40) {
            stand.okta().processing(APP, Processing.reads(2));
        }
    }

    private static void undisturbed(MachineStand stand) {
        stand.reset();
        stand.whenTimePasses(() -> bucket.claimsAreOver("reports/imports/" + APP + "/"));
        stand.okta().processing(APP, Processing.QUICK);
    }

    // What must be.

    private boolean isOverTheGuard(Export export) {
        return gone(export) > limit(export) || export.renumbered();
    }

    private int gone(Export export) {
        return (int) okta.keySet().stream()
                .filter(id -> !export.people().containsKey(id))
                .count();
    }

    /** 500 or five percent, whichever is less, but always five; or what the file's metadata lets through. */
    private int limit(Export export) {
        return export.let() > 0 ? export.let() : Math.min(500, Math.max(5, okta.size() / 20));
    }

    /** Runs the state machine with one file; whether everything in it is in Okta now. */
    private boolean takes(MachineStand stand, ObjectNode file, Export export, String what) {
        Map<String, Person> before = Map.copyOf(okta);
        Set<String> membershipsBefore = new HashSet<>(memberships);
        membershipsBefore.addAll(uncertain);
        left.clear();
        boolean guarded = isOverTheGuard(export);
        int limit = limit(export);
        Map<String, int[]> sentBefore = sent(stand, export);
        Execution execution = stand.run(file);

        // Okta works on a session that nobody followed to its end when its directory is looked at, so this comes first.
        Map<String, Person> directory = Person.in(stand.okta().directoryOf(APP));
        learn(stand);
        String told = what + ": " + execution;
        Map<String, int[]> sentNow = sent(stand, export);
        Set<String> deactivated = new HashSet<>();
        sentNow.forEach((id, times) -> {
            int[] earlier = sentBefore.getOrDefault(id, new int[2]);
            if (times[0] + times[1] > earlier[0] + earlier[1]) {
                assertThat(Objects.equals(before.get(id), export.people().get(id)))
                        .as("%s: %s was sent without a change", told, id)
                        .isFalse();
            }
            if (times[1] > earlier[1]) {
                deactivated.add(id);
            }
        });
        assertThat(deactivated.size()).as(told).isLessThanOrEqualTo(limit);
        assertThat(left.size() <= 5 || isHalfLeft(membershipsBefore))
                .as("%s: taken out of groups: %s", told, left)
                .isTrue();
        assertThat(directory).as(told).isEqualTo(okta);
        boolean completed = execution.output().path("state").asText().equals("COMPLETED");
        if (export.people().isEmpty() || guarded) {
            count(guarded && !export.people().isEmpty() ? "stopped by the guard" : "refused as empty");
            assertThat(completed).as(told).isFalse();
            assertThat(okta).as(told).isEqualTo(before);
        }
        if (completed) {
            count("completed");
            assertThat(okta).as(told).isEqualTo(export.people());
            Set<String> expected = new HashSet<>();
            export.people().forEach((id, person) -> expected.add("dept-" + person.department() + "/" + id));
            assertThat(memberships).as(told).isEqualTo(expected);
            assertThat(membershipsIn(stand.okta().directoryOf(APP))).as(told).isEqualTo(expected);
        } else {
            count("not completed");
        }
        return completed;
    }

    private Execution assertNothingIsSent(MachineStand stand, ObjectNode file, String what) {
        long before = stand.okta().receivedUploads();
        int sessions = stand.okta().sessionsOf(APP).size();
        Execution execution = stand.run(file);
        assertThat(stand.okta().receivedUploads()).as(what + ": " + execution).isEqualTo(before);
        assertThat(stand.okta().sessionsOf(APP)).as(what + ": " + execution).hasSize(sessions);
        return execution;
    }

    /** How often everybody was sent who is or was there, upserts and deletions. */
    private Map<String, int[]> sent(MachineStand stand, Export export) {
        Set<String> ids = new HashSet<>(okta.keySet());
        ids.addAll(export.people().keySet());
        OktaDirectory directory = stand.okta().directoryOf(APP);
        Map<String, int[]> sent = new HashMap<>();
        ids.forEach(id -> sent.put(id, new int[] {directory.sent(id), directory.sentDeletions(id)}));
        return sent;
    }

    /** What sessions that Okta has completed since say. */
    private void learn(MachineStand stand) {
        List<OktaSession> sessions = stand.okta().sessionsOf(APP);
        for (OktaSession session : sessions.subList(sessionsBefore, sessions.size())) {
            if (session.status().equals("TRIGGERED")) {
                // Nobody followed it to its end; Okta is still at it.
                return;
            }
            sessionsBefore++;
            assertThat(session.status()).isIn("COMPLETED", "CLOSED", "ERROR", "EXPIRED");
            if (!refusedWhatOktaTook) {
                assertThat(session.repeated()).isEmpty();
            }
            if (session.status().equals("COMPLETED")) {
                session.users().forEach((id, profile) -> okta.put(id, Person.of(profile)));
                session.deletions().forEach(okta::remove);
                learnMemberships(session);
            } else if (session.status().equals("ERROR")) {
                uncertain.addAll(session.joins());
                uncertain.addAll(session.leaves());
            }
        }
        refusedWhatOktaTook = false;
    }

    private void learnMemberships(OktaSession session) {
        for (String pair : session.joins()) {
            assertThat(memberships.contains(pair) && !uncertain.contains(pair))
                    .as("%s was sent without a change", pair)
                    .isFalse();
        }
        memberships.addAll(session.joins());
        memberships.removeAll(session.leaves());
        left.addAll(session.leaves());
        uncertain.removeAll(session.joins());
        uncertain.removeAll(session.leaves());
        Set<String> gone = Set.copyOf(session.deletions());
        memberships.removeIf(pair -> gone.contains(pair.substring(pair.indexOf('/') + 1)));
    }

    /** Whether no group has lost more than half of its members in the sessions learned last. */
    private boolean isHalfLeft(Set<String> membershipsBefore) {
        Map<String, Integer> members = new HashMap<>();
        membershipsBefore.forEach(pair -> members.merge(group(pair), 1, Integer::sum));
        Map<String, Integer> lost = new HashMap<>();
        left.forEach(pair -> lost.merge(group(pair), 1, Integer::sum));
        return lost.entrySet().stream()
                .allMatch(group -> 2 * group.getValue() <= members.getOrDefault(group.getKey(), 0));
    }

    private static String group(String pair) {
        return pair.substring(0, pair.indexOf('/'));
    }

    private static Set<String> membershipsIn(OktaDirectory directory) {
        Set<String> pairs = new HashSet<>();
        directory.groups().profiles().keySet().forEach(group -> directory
                .groups()
                .members(group)
                .forEach(member -> pairs.add(group + "/" + member)));
        return pairs;
    }

    private void count(String event) {
        told.merge(event, 1, Integer::sum);
    }
}
