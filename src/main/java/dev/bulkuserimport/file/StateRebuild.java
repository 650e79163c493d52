package dev.bulkuserimport.file;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.config.Settings;
import dev.bulkuserimport.metrics.JournalEntry;
import dev.bulkuserimport.okta.ApplicationSchemas;
import dev.bulkuserimport.okta.ApplicationUser;
import dev.bulkuserimport.okta.ApplicationUsers;
import dev.bulkuserimport.okta.ImportSession;
import dev.bulkuserimport.okta.Sessions;
import dev.bulkuserimport.plan.Comparison;
import dev.bulkuserimport.plan.Guards;
import dev.bulkuserimport.plan.PlanOutcome;
import dev.bulkuserimport.plan.Preface;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.report.OktaStatus;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.rules.OktaLimits;
import dev.bulkuserimport.s3.ObjectVersion;
import dev.bulkuserimport.s3.S3Failure;
import dev.bulkuserimport.snapshot.HashKey;
import dev.bulkuserimport.snapshot.People;
import dev.bulkuserimport.snapshot.PropertyNames;
import dev.bulkuserimport.snapshot.ShownPeople;
import dev.bulkuserimport.snapshot.SnapshotComparison;
import dev.bulkuserimport.snapshot.SnapshotTerms;
import dev.bulkuserimport.snapshot.StateManifest;
import dev.bulkuserimport.state.ApplicationState;
import dev.bulkuserimport.state.StateStore;
import dev.bulkuserimport.upload.Importer;
import dev.bulkuserimport.upload.ReadImport;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Rebuilds an application's state, from a snapshot or from Okta's application users, and sends nothing. Not while a file of the application
 * is at work: its started sessions would no longer be in the state, though Okta may not show their people yet.
 */
@Singleton
public class StateRebuild {

    private static final Duration COME_AGAIN = Duration.ofMinutes(1);

    private final SourceFiles files;
    private final StateStore states;
    private final Turns turns;
    private final Importer importer;
    private final Sessions sessions;
    private final ApplicationUsers users;
    private final ApplicationSchemas schemas;
    private final Settings settings;

    StateRebuild(
            SourceFiles files,
            StateStore states,
            Turns turns,
            Importer importer,
            Sessions sessions,
            ApplicationUsers users,
            ApplicationSchemas schemas,
            Settings settings) {
        this.files = files;
        this.states = states;
        this.turns = turns;
        this.importer = importer;
        this.sessions = sessions;
        this.users = users;
        this.schemas = schemas;
        this.settings = settings;
    }

    /**
     * The rebuilt state.
     *
     * @param applicationId the application
     * @param people the number of its people
     * @param rejected the number of invalid rows of the snapshot; their people may be in Okta with whatever values
     * @param skipped the number of rows that its mapping skips; the same is true of their people
     * @param from the snapshot's place, or {@code okta}
     * @param notCompared properties of the application that Okta doesn't show for anyone, so that the next snapshot can't compare them;
     *     empty if all can be compared, or the application's schema can't be read
     */
    public record Rebuilt(
            String applicationId, int people, int rejected, int skipped, String from, List<String> notCompared) {

        public Map<String, Object> members() {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("applicationId", applicationId);
            members.put("people", people);
            members.put("from", from);
            if (rejected > 0) {
                members.put("rejected", rejected);
            }
            if (skipped > 0) {
                members.put("skipped", skipped);
            }
            if (!notCompared.isEmpty()) {
                members.put("notCompared", notCompared);
            }
            return members;
        }
    }

    /**
     * Treats a snapshot as the content of Okta: the next one is compared with it. Okta may have the people of rows that are left out too;
     * the next snapshot sends them, or deactivates them if they are gone.
     *
     * @throws dev.bulkuserimport.problem.ProblemException if the snapshot is refused, as in an import, or a file is being imported
     */
    public Rebuilt fromSnapshot(String app, ObjectVersion named, Deadline deadline) {
        try {
            ObjectVersion object = files.identified(named, deadline);
            SourceFile file = files.open(object, deadline);
            String bucket = settings.reportBucket().orElse(object.bucket());
            turns.requireNoneBegun(app, bucket, deadline);
            HashKey key = states.of(bucket, app, deadline).keyAnew();
            Everybody everybody = new Everybody(key, file);
            ReadImport read = importer.read(
                    file.content().records(), everybody, Importer.FileSize.MANY_SESSIONS, new JournalEntry(), deadline);
            if (read.outcome() instanceof PlanOutcome.Refused refused) {
                throw refused.problem().exception();
            }
            if (!read.options().applicationId().equals(app)) {
                throw Problem.invalidRequest("applicationId", "is not the file's application")
                        .exception();
            }
            everybody.people.addIfMissing(everybody.comparison.changes().leftOut());
            put(
                    bucket,
                    app,
                    everybody.people,
                    StateManifest.empty(app, key)
                            .naming(everybody.names.all())
                            .seen(new StateManifest.LastSnapshot(file.origin(), everybody.comparison.shape())),
                    deadline);
            return new Rebuilt(
                    app,
                    everybody.people.size(),
                    read.outcome().summary().rejections().records(),
                    read.outcome().summary().skipped(),
                    "s3://" + object.bucket() + "/" + object.key(),
                    List.of());
        } catch (S3Failure | UncheckedIOException e) {
            // S3 may break in the middle of the file too.
            throw FileProblems.of(e).exception();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Uses the application's users in Okta with the values that Okta shows, so that the next snapshot sends only people whose values
     * differ.
     *
     * @param named the bucket of the state, if no report bucket is set
     * @throws dev.bulkuserimport.problem.ProblemException also {@code session-conflict}, if a file is being imported
     */
    public Rebuilt fromOkta(String app, Optional<String> named, Deadline deadline) {
        String bucket = settings.reportBucket().or(() -> named).orElseThrow(() -> Problem.invalidRequest(
                        "bucket", "is missing: no report bucket is set, so specify the bucket of the state")
                .exception());
        try {
            turns.requireNoneBegun(app, bucket, deadline);
            requireIdle(app, deadline);
            HashKey key = states.of(bucket, app, deadline).keyAnew();
            ShownPeople shown = new ShownPeople(key);
            users.read(app, user -> add(user, shown), deadline);
            List<String> names = shown.names();
            put(
                    bucket,
                    app,
                    shown.people(),
                    StateManifest.empty(app, key).naming(names).showing(names.size()),
                    deadline);
            return new Rebuilt(app, shown.people().active(), 0, 0, "okta", notShown(app, names, deadline));
        } catch (S3Failure e) {
            throw e.problem().exception();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whom Okta has still to process, it doesn't show yet, also where the import has been given up. */
    private void requireIdle(String app, Deadline deadline) {
        for (ImportSession session : sessions.list(app, deadline)) {
            if (session.isProcessing()) {
                throw Problem.of(
                                ProblemType.SESSION_CONFLICT,
                                "Okta is still processing the session " + session.id() + " of the application " + app
                                        + ", so it doesn't show its people yet. Try again when the session has ended.")
                        .retryAfter(COME_AGAIN)
                        .exception();
            }
        }
    }

    private static void add(ApplicationUser user, ShownPeople shown) {
        // Okta takes no longer ones, so nothing could ever be sent for such a user.
        Optional<String> id = user.externalId()
                .filter(text ->
                        !text.isEmpty() && text.codePointCount(0, text.length()) <= OktaLimits.EXTERNAL_ID_LENGTH);
        if (id.isEmpty()) {
            return;
        }
        if (OktaStatus.GONE.contains(user.status())) {
            shown.addInactive(id.get());
        } else {
            shown.addActive(id.get(), user.profile());
        }
    }

    private List<String> notShown(String app, List<String> shown, Deadline deadline) {
        try {
            List<String> names = new ArrayList<>(schemas.get(app, deadline).names());
            names.removeAll(Set.copyOf(shown));
            return names;
        } catch (ProblemException e) {
            // Without the schema, other properties are unknown; the state is built anyway.
            return List.of();
        }
    }

    private void put(String bucket, String app, People people, StateManifest manifest, Deadline deadline)
            throws IOException {
        ApplicationState state = states.of(bucket, app, deadline);
        String base = state.base(Long.toHexString(System.currentTimeMillis()), people);
        StateManifest now = manifest.rebased(base, List.of());
        // Once more: an import may have begun while everyone was read.
        turns.requireNoneBegun(app, bucket, deadline);
        state.replace(now);
    }

    /** Records each person of a snapshot, and sends no one. */
    private static final class Everybody implements Importer.FileSessions {
        private final HashKey key;
        private final SourceFile file;
        private People people = new People();
        private PropertyNames names = new PropertyNames(List.of());
        private SnapshotComparison comparison;

        Everybody(HashKey key, SourceFile file) {
            this.key = key;
            this.file = file;
            this.comparison = fresh();
        }

        private SnapshotComparison fresh() {
            return new SnapshotComparison(
                    ImportOperation.SNAPSHOT, Optional.empty(), names, key, Guards.NONE, SnapshotTerms.PLAIN);
        }

        @Override
        public void begin(Preface preface) {
            if (preface.operation() != ImportOperation.SNAPSHOT) {
                throw Problem.invalidRequest("key", "is not a snapshot: only a snapshot lists everyone")
                        .exception();
            }
            PartName.requireWhole(file);
            people = new People();
            names = new PropertyNames(List.of());
            comparison = fresh();
        }

        @Override
        public Comparison comparison() {
            return comparison;
        }

        /** Nothing is sent, so nothing has to be stopped. */
        @Override
        public Guards guards(ImportOperation operation) {
            return Guards.NONE;
        }

        @Override
        public void session(SessionPlan plan) throws IOException {
            people.add(new ByteArrayInputStream(comparison.changes().take(plan)));
        }
    }
}
