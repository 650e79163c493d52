package dev.bulkuserimport.report;

import dev.bulkuserimport.plan.GuardKind;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.snapshot.SnapshotCounts;
import dev.bulkuserimport.snapshot.StateManifest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A report for each kind of end. */
final class ReportSamples {

    private static final Instant START = Instant.parse("2026-11-25T02:14:07Z");
    private static final ReportView.Links LINKS = new ReportView.Links(
            Optional.of("people.csv.v1.json"),
            Optional.empty(),
            Optional.of("../../imports/0oa1/create-and-update/people.csv"));

    private ReportSamples() {}

    private static ReportView toDecide() {
        List<String> people = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            people.add(i == 7 ? "<img src=x onerror=alert(1)>" : "E-" + (10_000 + i));
        }
        Review review = new Review(
                "0123456789abcdef".repeat(4),
                Problem.of(ProblemType.DEACTIVATION_LIMIT_EXCEEDED, "1,204 people would be deactivated.")
                        .with("users", 1_204)
                        .with("maxDeactivations", 492),
                new StateManifest.Origin(START, ""),
                START,
                START.plusSeconds(172_800),
                people,
                new Review.Desk(
                        Optional.of("hr-decide:live"),
                        Optional.of("https://a1b2.execute-api.eu-central-1.amazonaws.com")),
                Optional.empty());
        return new Draft()
                .state(ReportView.State.WAITING)
                .counts(8_668, 0, 0, 0, 0)
                .changes(compared(
                        12, 3, 40, 8_613, 1_204, 0, 0, Map.of("department", 40), people, OptionalInt.of(9_857)))
                .problem(
                        "deactivation-limit-exceeded",
                        "More people would be deactivated than allowed",
                        "1,204 people would be deactivated; at most 492 may be (IMPORT_MAX_DEACTIVATIONS 500,5%).")
                .decision(new ReportView.Decision(
                        "0123456789abcdef0123456789abcdef.hr-imports-123456789012",
                        review,
                        1_259,
                        1_204,
                        0,
                        7,
                        Optional.of("people.csv.v1.changes.csv")))
                .view();
    }

    static Map<String, ReportView> all() {
        Map<String, ReportView> all = new LinkedHashMap<>();
        all.put(
                "all-in",
                new Draft()
                        .counts(450, 450, 0, 0, 0)
                        .session(1, "COMPLETED", 450, 3, 0, 41)
                        .okta(Map.of("ACTIVE", 450), 0, null)
                        .view());
        all.put("partly-rejected", partlyRejected());
        all.put("refused", refused());
        all.put(
                "malformed",
                new Draft()
                        .state(ReportView.State.FAILED)
                        .problem(
                                "malformed-payload",
                                "The payload cannot be read",
                                "people.csv is not UTF-8: line 4,711 holds a byte that is none. Save it as “CSV UTF-8”,"
                                        + " or name its encoding in the mapping. Nothing was sent.")
                        .view());
        all.put("guard", guard());
        all.put("to-decide", toDecide());
        all.put(
                "unavailable",
                new Draft()
                        .state(ReportView.State.RETRY)
                        .counts(9_000, 0, 0, 0, 0)
                        .problem(
                                "okta-unavailable",
                                "Okta does not answer in time",
                                "Okta answered 503 to every attempt for 4 minutes.")
                        .view());
        all.put("broken-off", brokenOff());
        all.put(
                "taken-over",
                new Draft()
                        .takenOver()
                        .counts(10_000, 10_000, 0, 0, 0)
                        .session(1, "CLOSED", 3_200, 16, 0, 12)
                        .session(2, "COMPLETED", 10_000, 50, 300, 420)
                        .view());
        all.put("superseded", new Draft().state(ReportView.State.SUPERSEDED).view());
        all.put("overtaken", new Draft().state(ReportView.State.OVERTAKEN).view());
        all.put(
                "waiting",
                new Draft()
                        .counts(312, 312, 0, 0, 0)
                        .session(1, "COMPLETED", 312, 2, 0, 30)
                        .okta(
                                ordered("ACTIVE", 290, "IMPORTED", 17, "MATCHED", 3),
                                2,
                                "Okta's application users were read for 20 seconds; then the time was over. Those not"
                                        + " shown may be on pages that were not read.")
                        .view());
        all.put(
                "waiting-all",
                new Draft()
                        .counts(3, 3, 0, 0, 0)
                        .session(1, "COMPLETED", 3, 1, 0, 4)
                        .okta(ordered("IMPORTED", 1), 2, null)
                        .view());
        all.put(
                "turn",
                new Draft()
                        .state(ReportView.State.RETRY)
                        .counts(9_000, 0, 0, 0, 0)
                        .problem(
                                "session-conflict",
                                "The session's state does not allow this",
                                "The import session aps1qqonvr2SZv6o70h9 of this application is at work. Files wait for each other.")
                        .view());
        all.put(
                "interrupted",
                new Draft()
                        .state(ReportView.State.WORKING)
                        .counts(25_001, 10_000, 0, 0, 0)
                        .session(1, "COMPLETED", 10_000, 50, 0, 70)
                        .session(2, null, 10_000, 50, -1, -1)
                        .session(3, null, 5_001, 26, -1, -1)
                        .problem(
                                "okta-unavailable",
                                "Okta does not answer in time",
                                "Okta answered 503 to every attempt for 4 minutes.")
                        .view());
        all.put(
                "at-work",
                new Draft()
                        .state(ReportView.State.WORKING)
                        .counts(25_001, 0, 0, 0, 0)
                        .view());
        all.put(
                "crashed",
                new Draft()
                        .state(ReportView.State.FAILED)
                        .counts(10_000, 0, 0, 0, 0)
                        .session(1, null, 10_000, 50, -1, -1)
                        .problem(
                                "internal-error",
                                "The function failed",
                                "A step of the state machine ended with Runtime.ExitError before it could record why: it"
                                        + " was killed, out of time or out of memory.")
                        .range("lines 2 to 10,001", 10_000, "not-sent")
                        .view());
        all.put("preview", preview());
        all.put("snapshot", snapshot());
        all.put(
                "ended-by-okta",
                new Draft()
                        .counts(25_001, 20_000, 0, 0, 0)
                        .state(ReportView.State.FAILED)
                        .session(1, "COMPLETED", 10_000, 50, 0, 70)
                        .session(2, "ERROR", 10_000, 50, 75, 200)
                        .session(3, null, 5_001, 26, -1, -1)
                        .problem(
                                "okta-rejected",
                                "Okta refuses a request",
                                "Okta ended session 2 of 3 with ERROR. Session 3 was not begun.")
                        .range("lines 20002 to 25002", 5_001, "not-sent")
                        .view());
        all.put(
                "leavers",
                new Draft()
                        .operation("DEACTIVATE_AND_DELETE")
                        .counts(40, 40, 0, 0, 40)
                        .session(1, "COMPLETED", 40, 1, 0, 12)
                        .okta(ordered("ACTIVE", 1, "DEPROVISIONED", 36), 3, null)
                        .view());
        all.put(
                "leaver-still-there",
                new Draft()
                        .operation("SNAPSHOT")
                        .counts(500, 7, 0, 0, 2)
                        .changes(
                                compared(5, 0, 0, 495, 2, 0, 0, Map.of(), List.of("E-17", "E-18"), OptionalInt.of(497)))
                        .session(1, "COMPLETED", 7, 2, 0, 4)
                        .okta(ordered("ACTIVE", 5), 0, null)
                        .deactivated(ordered("ACTIVE", 1, "DEPROVISIONED", 1))
                        .view());
        all.put("hostile", hostile());
        return all;
    }

    private static ReportView partlyRejected() {
        Draft draft = new Draft()
                .counts(1_204, 1_198, 6, 0, 0)
                .session(1, "COMPLETED", 1_198, 6, 0, 35)
                .links(new ReportView.Links(
                        Optional.of("people.csv.v1.json"), Optional.of("people.csv.v1.rejected.csv"), LINKS.source()))
                .leftOut(2)
                .note("2 rejected rows are not in the file of them, because it would be longer than 50 MB.")
                .note("White space or invisible characters were removed from the edges of 12 cells.")
                .note("The columns Office and Desk are not in the mapping and were not sent.");
        draft.kinds.add(new ReportView.ErrorKind(
                Optional.of("email"),
                "holds two addresses; one is allowed",
                4,
                List.of("line 17", "line 93", "line 411")));
        draft.kinds.add(new ReportView.ErrorKind(
                Optional.of("externalId"), "is a number that a spreadsheet has rounded", 1, List.of("line 502")));
        draft.kinds.add(
                new ReportView.ErrorKind(Optional.empty(), "a stray quote has swallowed rows", 1, List.of("line 907")));
        for (int line : new int[] {17, 93, 411, 733}) {
            draft.rejected.add(new ReportView.Rejected(
                    "line " + line,
                    Optional.of("E-" + (1000 + line)),
                    Optional.of("email"),
                    "holds two addresses; one is allowed"));
        }
        draft.rejected.add(new ReportView.Rejected(
                "line 502", Optional.empty(), Optional.of("externalId"), "is a number that a spreadsheet has rounded"));
        draft.rejected.add(new ReportView.Rejected(
                "line 907", Optional.of("E-2011"), Optional.empty(), "a stray quote has swallowed rows"));
        return draft.view();
    }

    private static ReportView refused() {
        Draft draft = new Draft()
                .state(ReportView.State.FAILED)
                .counts(5_200, 0, 2_500, 0, 0)
                .problem(
                        "invalid-users",
                        "Some users cannot be imported",
                        "2,500 of 5,200 users are invalid, so nothing was sent.");
        draft.kinds.add(new ReportView.ErrorKind(
                Optional.of("userName"),
                "is that of an earlier record too",
                2_499,
                List.of("line 3", "line 5", "line 7")));
        draft.kinds.add(new ReportView.ErrorKind(
                Optional.of("lastName"), "is longer than 50 characters", 1, List.of("line 5,001")));
        for (int i = 0; i < 2_499; i++) {
            draft.rejected.add(new ReportView.Rejected(
                    "line " + (3 + 2 * i),
                    Optional.of("E-" + i),
                    Optional.of("userName"),
                    "is that of line " + (2 + 2 * i) + " too"));
        }
        return draft.view();
    }

    private static ReportView guard() {
        return new Draft()
                .state(ReportView.State.FAILED)
                .operation("SNAPSHOT")
                .counts(412, 0, 0, 0, 0)
                .changes(compared(
                        3,
                        0,
                        12,
                        397,
                        9_459,
                        0,
                        0,
                        Map.of("department", 12),
                        List.of("E-1", "E-2", "E-3"),
                        OptionalInt.of(9_871)))
                .problem(
                        "deactivation-limit-exceeded",
                        "More deactivations than this function is allowed to send",
                        "This snapshot has 412 people, the last had 9,871: 9,459 would be deactivated, and 493 are"
                                + " allowed (500,5%). Nothing was sent.")
                .view();
    }

    private static ReportView brokenOff() {
        return new Draft()
                .state(ReportView.State.FAILED)
                .counts(10_000, 6_400, 0, 0, 0)
                .session(1, "IN_PROGRESS", 6_400, 32, 0, -1)
                .problem(
                        "okta-unavailable",
                        "Okta does not answer in time",
                        "No answer came to request 33 in 30 seconds, and the time was over.")
                .range("lines 6402 to 6601", 200, "unknown")
                .range("lines 6602 to 6801", 200, "rejected")
                .range("lines 6802 to 10001", 3_200, "not-sent")
                .view();
    }

    private static ReportView preview() {
        return new Draft()
                .dryRun()
                .operation("SNAPSHOT")
                .counts(9_880, 0, 0, 25, 0)
                .changes(compared(
                        21,
                        0,
                        140,
                        9_694,
                        12,
                        0,
                        30,
                        ordered("department", 90, "title", 61, "manager", 4),
                        List.of(
                                "E-7", "E-19", "E-204", "E-311", "E-402", "E-511", "E-623", "E-700", "E-812", "E-901",
                                "E-1002", "E-1100"),
                        OptionalInt.of(9_867)))
                .view();
    }

    private static ReportView snapshot() {
        return new Draft()
                .operation("SNAPSHOT")
                .counts(31_420, 11_236, 0, 0, 36)
                .changes(compared(
                        9_800,
                        0,
                        1_400,
                        20_220,
                        36,
                        0,
                        0,
                        ordered("department", 1_210, "costCenter", 407),
                        List.of(),
                        OptionalInt.of(21_656)))
                .session(1, "COMPLETED", 10_000, 50, 0, 70)
                .session(2, "COMPLETED", 1_236, 8, 80, 101)
                .okta(ordered("ACTIVE", 11_200), 0, null)
                .deactivated(ordered("DEPROVISIONED", 36))
                .view();
    }

    /** Everything that comes from a file, Okta or a caller tries to break out of the page. */
    private static ReportView hostile() {
        String evil =
                "\"><script>document.title='owned'</script><img src=//elsewhere.example/x onerror=alert(1)>{page.file}'‮";
        Draft draft = new Draft()
                .state(ReportView.State.FAILED)
                .file(evil + ".csv")
                .counts(2, 0, 2, 0, 0)
                .application(evil)
                .operation(evil)
                .problem(evil, evil, evil + "\nsecond line")
                .range(evil, 1, evil)
                .note(evil)
                .session(1, evil, 1, 1, 0, 3)
                .changes(compared(1, 0, 1, 1, 1, 0, 0, Map.of(evil, 1), List.of(evil), OptionalInt.of(1)))
                .okta(Map.of(evil, 1), 1, evil)
                .links(new ReportView.Links(Optional.of("a%22b.json"), Optional.of("x%3Cy.csv"), Optional.empty()));
        draft.kinds.add(new ReportView.ErrorKind(Optional.of(evil), evil, 2, List.of(evil)));
        draft.rejected.add(new ReportView.Rejected(evil, Optional.of(evil), Optional.of(evil), evil));
        draft.rejected.add(new ReportView.Rejected(
                "line 3", Optional.of("x".repeat(512)), Optional.of("y".repeat(255)), "z".repeat(600)));
        return draft.view();
    }

    private static SnapshotCounts compared(
            int created,
            int returned,
            int changed,
            int unchanged,
            int gone,
            int missing,
            int deactivated,
            Map<String, Integer> byProperty,
            List<String> goneIds,
            OptionalInt known) {
        return new SnapshotCounts(
                known,
                created,
                returned,
                changed,
                byProperty,
                unchanged,
                gone,
                missing,
                deactivated,
                goneIds,
                Optional.empty(),
                false);
    }

    private static Map<String, Integer> ordered(Object... pairs) {
        Map<String, Integer> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], (Integer) pairs[i + 1]);
        }
        return map;
    }

    /** A view in the making. */
    static final class Draft {
        private String file = "people.csv";
        private ReportView.State state = ReportView.State.COMPLETED;
        private Optional<String> operation = Optional.of("CREATE_AND_UPDATE");
        private Optional<String> application = Optional.of("0oa3l6l6WK6h0R0QW0g4");
        private boolean dryRun;
        private int attempts = 1;
        private ReportView.Counts counts = new ReportView.Counts(0, 0, 0, 0, 0, CountsOfGroups.NONE);
        private Optional<SnapshotCounts> changes = Optional.empty();
        private final List<FileSession> sessions = new ArrayList<>();
        private Optional<ReportView.Failure> problem = Optional.empty();
        private final List<ReportView.ErrorKind> kinds = new ArrayList<>();
        private final List<ReportView.Rejected> rejected = new ArrayList<>();
        private final List<ReportView.NotImported> ranges = new ArrayList<>();
        private Optional<ReportView.Okta> okta = Optional.empty();
        private final List<String> notes = new ArrayList<>();
        private ReportView.Links links = LINKS;
        private Optional<ReportView.Decision> decision = Optional.empty();
        private int leftOut;

        Draft file(String name) {
            file = name;
            return this;
        }

        Draft state(ReportView.State reached) {
            state = reached;
            return this;
        }

        Draft operation(String name) {
            operation = Optional.of(name);
            return this;
        }

        Draft application(String id) {
            application = Optional.of(id);
            return this;
        }

        Draft dryRun() {
            dryRun = true;
            return this;
        }

        Draft takenOver() {
            attempts = 2;
            return this;
        }

        Draft counts(int records, int imported, int invalid, int skipped, int deactivated) {
            counts = new ReportView.Counts(records, imported, invalid, skipped, deactivated, CountsOfGroups.NONE);
            return this;
        }

        Draft changes(SnapshotCounts compared) {
            changes = Optional.of(compared);
            return this;
        }

        private static SessionLife life(String id, String status, Instant from, int until) {
            SessionLife.Started started = new SessionLife.Started(id, from, status, 0);
            return until < 0 ? started : new SessionLife.Done(id, from, status, 0, START.plusSeconds(until));
        }

        Draft session(int number, String status, int users, int requests, int from, int until) {
            sessions.add(new FileSession(
                    number,
                    users,
                    0,
                    requests,
                    1,
                    users,
                    Optional.empty(),
                    Optional.empty(),
                    status == null
                            ? new SessionLife.Planned()
                            : life("aps1qqonvr2SZv6o70h" + number, status, START.plusSeconds(from), until)));
            return this;
        }

        Draft problem(String type, String title, String detail) {
            problem = Optional.of(new ReportView.Failure(
                    type,
                    title,
                    detail,
                    false,
                    type.equals("deactivation-limit-exceeded")
                            ? Optional.of(new StoppingGuard(GuardKind.DEACTIVATIONS, false))
                            : Optional.empty(),
                    changes.map(SnapshotCounts::gone)));
            return this;
        }

        Draft range(String places, int count, String outcome) {
            ranges.add(new ReportView.NotImported(places, count, outcome, Optional.empty()));
            return this;
        }

        Draft okta(Map<String, Integer> statuses, int notShown, String partial) {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < Math.min(notShown, 100) && partial == null; i++) {
                ids.add("E-" + (4_000 + i));
            }
            okta = Optional.of(new ReportView.Okta(
                    new OktaView.Seen(statuses, notShown, ids, partial == null),
                    Optional.empty(),
                    Optional.ofNullable(partial)));
            return this;
        }

        Draft deactivated(Map<String, Integer> statuses) {
            ReportView.Okta beside = okta.orElseThrow();
            okta = Optional.of(new ReportView.Okta(
                    beside.users(), Optional.of(new OktaView.Seen(statuses, 0, List.of(), true)), beside.partial()));
            return this;
        }

        Draft leftOut(int rows) {
            leftOut = rows;
            return this;
        }

        Draft decision(ReportView.Decision stopped) {
            decision = Optional.of(stopped);
            return this;
        }

        Draft note(String sentence) {
            notes.add(sentence);
            return this;
        }

        Draft links(ReportView.Links beside) {
            links = beside;
            return this;
        }

        ReportView view() {
            return new ReportView(
                    file,
                    Optional.of("s3://hr/imports/0oa1/create-and-update/" + file),
                    state,
                    operation,
                    application,
                    dryRun,
                    Optional.empty(),
                    Optional.of(START),
                    state == ReportView.State.RETRY || state == ReportView.State.WORKING
                            ? Optional.empty()
                            : Optional.of(START.plusSeconds(432)),
                    attempts,
                    counts,
                    changes,
                    sessions,
                    problem,
                    kinds,
                    rejected,
                    ranges,
                    okta,
                    notes,
                    links,
                    leftOut,
                    decision,
                    false);
        }
    }
}
