package dev.bulkuserimport.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.mapping.Mapping;
import dev.bulkuserimport.plan.GroupOfRow;
import dev.bulkuserimport.plan.Guards;
import dev.bulkuserimport.plan.MembershipRecord;
import dev.bulkuserimport.plan.PlanOutcome;
import dev.bulkuserimport.plan.PlanRules;
import dev.bulkuserimport.plan.RecordError;
import dev.bulkuserimport.plan.RecordSource;
import dev.bulkuserimport.plan.SchemaKnowledge;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.plan.SessionPlanner;
import dev.bulkuserimport.plan.SessionSink;
import dev.bulkuserimport.plan.SourceShape;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.rules.Limit;
import dev.bulkuserimport.source.FileFormat;
import dev.bulkuserimport.source.FileSource;
import dev.bulkuserimport.source.ImportDefaults;
import dev.bulkuserimport.source.Imported;
import dev.bulkuserimport.support.GuardLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An application's state over several files, each planned as it would be, without S3 and Okta. */
final class KnownApplication {

    private static final Guards CAREFUL = Guards.ofFile(ImportOperation.SNAPSHOT, GuardLimits.UNSET, GuardLimits.UNSET);

    private final HashKey key;
    private final PropertyNames names;
    private Optional<People> people;
    private Optional<SourceShape> last = Optional.empty();
    private Instant now = Instant.parse("2026-11-01T22:00:00Z");
    private Guards guards = CAREFUL;
    private Set<SnapshotTerms.Waiver> waived = Set.of();
    private SourceShape shape = SourceShape.NONE;
    private int grace = 1;
    private boolean makesGroups;
    private boolean deletesGone;
    private boolean skips;
    private boolean byLine = true;
    /** The comparison of the reading that is under way. */
    private SnapshotComparison current;

    KnownApplication() {
        this(HashKey.generate(), new PropertyNames(List.of()), Optional.empty());
    }

    private KnownApplication(HashKey key, PropertyNames names, Optional<People> people) {
        this.key = key;
        this.names = names;
        this.people = people;
        this.current = comparison(ImportOperation.SNAPSHOT);
    }

    /** One that was made from what Okta shows of active people. */
    static KnownApplication shown(Map<String, Map<String, String>> users) {
        HashKey key = HashKey.generate();
        ShownPeople shown = new ShownPeople(key);
        users.forEach(shown::addActive);
        return new KnownApplication(
                key, new PropertyNames(shown.names(), shown.names().size()), Optional.of(shown.people()));
    }

    /** A row of a file. */
    record Row(String id, String login, String department, Kind kind, List<String> groups) {

        Row(String id, String login, String department, Kind kind) {
            this(id, login, department, kind, List.of());
        }

        /** The same person as a member of groups, each {@code id} or {@code id/name}. */
        Row in(String... theirs) {
            return new Row(id, login, department, kind, List.of(theirs));
        }

        enum Kind {
            ACTIVE,
            TERMINATED,
            ONBOARDING
        }

        static Row of(int number) {
            return active(id(number), login(number));
        }

        static Row active(String id, String login) {
            return new Row(id, login, "Sales", Kind.ACTIVE);
        }

        static Row terminated(String id, String login) {
            return new Row(id, login, "Sales", Kind.TERMINATED);
        }

        static Row onboarding(String id) {
            return new Row(id, "", "", Kind.ONBOARDING);
        }

        static String id(int number) {
            return "%05d".formatted(number);
        }

        static String login(int number) {
            return "u" + number + "@example.com";
        }

        static List<Row> of(int from, int to) {
            List<Row> rows = new ArrayList<>();
            for (int i = from; i <= to; i++) {
                rows.add(of(i));
            }
            return rows;
        }
    }

    /** What a file came to. */
    record Result(PlanOutcome outcome, SnapshotCounts counts, String csv, List<String> groupsSent) {

        boolean isRefused() {
            return outcome instanceof PlanOutcome.Refused;
        }

        /** The refusal as a caller sees it. */
        String said() {
            return ((PlanOutcome.Refused) outcome).problem().document().toString();
        }

        List<RecordError> errors() {
            return outcome.summary().rejections().errors();
        }

        /** The rows of the list of changes of one kind. */
        long listed(String change) {
            return csv.lines().filter(line -> line.contains("," + change + ",")).count();
        }
    }

    KnownApplication grace(int days) {
        grace = days;
        return this;
    }

    KnownApplication later(Duration time) {
        now = now.plus(time);
        return this;
    }

    /** Each row says of which groups its person is a member. */
    KnownApplication grouped() {
        makesGroups = true;
        return this;
    }

    KnownApplication ungrouped() {
        makesGroups = false;
        return this;
    }

    KnownApplication deletingGroups() {
        deletesGone = true;
        return this;
    }

    KnownApplication skipping() {
        skips = true;
        return this;
    }

    KnownApplication json() {
        byLine = false;
        return this;
    }

    KnownApplication unguarded() {
        guards = Guards.ofSource(Limit.NONE, Limit.NONE);
        return this;
    }

    KnownApplication guarded() {
        guards = CAREFUL;
        return this;
    }

    KnownApplication waiving(SnapshotTerms.Waiver... waivers) {
        waived = Set.of(waivers);
        return this;
    }

    KnownApplication shape(SourceShape next) {
        shape = next;
        return this;
    }

    People people() {
        return people.orElseThrow();
    }

    Result snapshot(List<Row> rows) {
        return file(ImportOperation.SNAPSHOT, rows, SessionEnd.COMPLETED);
    }

    Result createAndUpdate(List<Row> rows) {
        return file(ImportOperation.CREATE_AND_UPDATE, rows, SessionEnd.COMPLETED);
    }

    /** A file that removes memberships, and deactivates people. */
    Result removing(List<MembershipRecord> memberships, List<Row> leavers) {
        try {
            return plan(
                    ImportOperation.DEACTIVATE_AND_DELETE,
                    planner -> {
                        memberships.forEach(planner::membership);
                        for (Row leaver : leavers) {
                            planner.begin(0);
                            planner.externalId(leaver.id());
                            planner.end();
                        }
                    },
                    SessionEnd.COMPLETED);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A Create &amp; Update file that only has memberships. */
    Result joining(List<MembershipRecord> memberships) {
        try {
            return plan(
                    ImportOperation.CREATE_AND_UPDATE,
                    planner -> memberships.forEach(planner::membership),
                    SessionEnd.COMPLETED);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A snapshot whose session Okta ends with an error. */
    Result failing(List<Row> rows) {
        return file(ImportOperation.SNAPSHOT, rows, SessionEnd.ERROR);
    }

    /** A Create &amp; Update file whose session Okta ends with an error. */
    Result failingUpdate(List<Row> rows) {
        return file(ImportOperation.CREATE_AND_UPDATE, rows, SessionEnd.ERROR);
    }

    /** A snapshot whose session Okta discards, so that only the people who weren't sent change the state. */
    Result expiring(List<Row> rows) {
        return file(ImportOperation.SNAPSHOT, rows, SessionEnd.EXPIRED);
    }

    /** How Okta ends the only session of a file. */
    private enum SessionEnd {
        COMPLETED,
        ERROR,
        EXPIRED
    }

    /**
     * A file as it was put, read by the same code as an import's.
     *
     * @param mapping the {@code mapping.json} beside it
     * @throws ProblemException if it is refused before its people are compared
     */
    Result file(ImportOperation operation, String name, byte[] content, Optional<String> mapping) {
        ImportDefaults beside =
                new ImportDefaults(Optional.of("0oaKnown"), Optional.of(operation), Optional.empty(), true, true);
        ImportDefaults defaults = mapping.map(json -> beside.with(Mapping.parse(json.getBytes(StandardCharsets.UTF_8))))
                .orElse(beside);
        FileSource file =
                new FileSource(FileFormat.of(name).orElseThrow(), defaults, () -> new ByteArrayInputStream(content));
        try (RecordSource source = file.records()) {
            source.preface();
            boolean[] again = {false};
            return plan(
                    operation,
                    planner -> {
                        if (again[0]) {
                            source.again();
                        }
                        again[0] = true;
                        source.read(planner, new SchemaKnowledge.Known(Imported.SCHEMA));
                    },
                    SessionEnd.COMPLETED);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Result file(ImportOperation operation, List<Row> rows, SessionEnd end) {
        try {
            return plan(operation, planner -> read(rows, planner), end);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What gives a planner its records, as often as it asks for them. */
    private interface Reading {
        void into(SessionPlanner planner) throws IOException;
    }

    private Result plan(ImportOperation operation, Reading reading, SessionEnd end) throws IOException {
        List<byte[]> changes = new ArrayList<>();
        SnapshotComparison comparison = comparison(operation);
        List<String> groupsSent = new ArrayList<>();
        SessionSink sink = new SessionSink() {
            @Override
            public void session(SessionPlan plan) throws IOException {
                changes.add(current.changes().take(plan));
                groupsSent.addAll(GroupsSent.by(plan));
            }
        };
        current = comparison;
        SessionPlanner planner = new SessionPlanner(rules(operation, comparison), sink);
        reading.into(planner);
        while (planner.mustReadAgain()) {
            changes.clear();
            groupsSent.clear();
            comparison = comparison(operation);
            current = comparison;
            planner = planner.readingAgain(rules(operation, comparison));
            reading.into(planner);
        }
        PlanOutcome outcome = planner.finish();
        if (outcome instanceof PlanOutcome.Planned) {
            People next = people.orElseGet(People::new);
            next.add(comparison.learned().stream());
            for (byte[] session : changes) {
                switch (end) {
                    case COMPLETED -> next.add(new ByteArrayInputStream(session));
                    case ERROR -> next.addUnknown(new ByteArrayInputStream(session));
                    case EXPIRED -> {}
                }
            }
            people = Optional.of(stored(next));
            if (operation == ImportOperation.SNAPSHOT) {
                last = Optional.of(comparison.shape());
            }
        }
        String csv = new String(comparison.changeList().csv().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(comparison.changeList().bytes()).isEqualTo(csv.getBytes(StandardCharsets.UTF_8).length);
        return new Result(outcome, comparison.counts(), csv, groupsSent);
    }

    private PlanRules rules(ImportOperation operation, SnapshotComparison comparison) {
        return PlanRules.oneSession(operation, skips).withManySessions().withComparison(comparison);
    }

    private SnapshotComparison comparison(ImportOperation operation) {
        return new SnapshotComparison(
                operation,
                people.filter(all -> !all.isEmpty()).map(KnownApplication::copy),
                names,
                key,
                guards,
                new SnapshotTerms(waived, grace, now, last));
    }

    private static People copy(People all) {
        try {
            return stored(all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(List<Row> rows, SessionPlanner planner) throws IOException {
        planner.columns(shape.columns());
        planner.rules(shape::rules);
        if (makesGroups) {
            planner.memberships(deletesGone);
        }
        int line = 1;
        for (Row row : rows) {
            line++;
            write(row, byLine ? line : 0, planner);
        }
    }

    private static People stored(People people) throws IOException {
        byte[] bytes = people.stored().readAllBytes();
        assertThat(people.storedBytes()).isEqualTo(bytes.length);
        People read = new People();
        read.add(new ByteArrayInputStream(bytes));
        return read;
    }

    private static void write(Row row, long line, SessionPlanner planner) throws IOException {
        char[] login = row.login().toCharArray();
        switch (row.kind()) {
            case ONBOARDING -> planner.skip(line, Optional.of(row.id()));
            case TERMINATED -> {
                planner.beginDeactivation(line);
                planner.externalId(row.id());
                planner.leaverLogin(login, 0, login.length);
                planner.end();
            }
            case ACTIVE -> {
                planner.begin(line);
                planner.externalId(row.id());
                planner.beginProfile();
                Map<String, String> profile = new LinkedHashMap<>();
                profile.put("userName", row.login());
                profile.put("department", row.department());
                for (Map.Entry<String, String> property : profile.entrySet()) {
                    char[] value = property.getValue().toCharArray();
                    planner.property(property.getKey(), value, 0, value.length);
                }
                planner.endProfile();
                for (String group : row.groups()) {
                    String[] parts = group.split("/");
                    planner.memberOf(
                            new GroupOfRow(parts[0], parts.length > 1 ? parts[1] : "Group " + parts[0], "", false));
                }
                planner.end();
            }
        }
    }
}
