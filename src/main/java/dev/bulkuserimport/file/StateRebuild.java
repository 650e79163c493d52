package dev.bulkuserimport.file;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.config.Settings;
import dev.bulkuserimport.metrics.JournalEntry;
import dev.bulkuserimport.okta.ApplicationUsers;
import dev.bulkuserimport.plan.Comparison;
import dev.bulkuserimport.plan.Guards;
import dev.bulkuserimport.plan.PlanOutcome;
import dev.bulkuserimport.plan.Preface;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.problem.FieldError;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.s3.ObjectVersion;
import dev.bulkuserimport.s3.S3Failure;
import dev.bulkuserimport.snapshot.HashKey;
import dev.bulkuserimport.snapshot.People;
import dev.bulkuserimport.snapshot.PropertyNames;
import dev.bulkuserimport.snapshot.SnapshotComparison;
import dev.bulkuserimport.snapshot.StateManifest;
import dev.bulkuserimport.state.StateStore;
import dev.bulkuserimport.upload.Importer;
import dev.bulkuserimport.upload.ReadImport;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes an application's state anew, from a snapshot or from what Okta knows, and sends nothing. */
@Singleton
public class StateRebuild {

    /** Statuses of application users who have no access any more. */
    private static final Set<String> GONE = Set.of("DEPROVISIONED", "INACTIVE");

    private final SourceFiles files;
    private final StateStore states;
    private final Importer importer;
    private final ApplicationUsers users;
    private final Settings settings;

    StateRebuild(SourceFiles files, StateStore states, Importer importer, ApplicationUsers users, Settings settings) {
        this.files = files;
        this.states = states;
        this.importer = importer;
        this.users = users;
        this.settings = settings;
    }

    /**
     * What the state consists of now.
     *
     * @param applicationId the application
     * @param people how many people it knows
     * @param from the snapshot's place, or {@code okta}
     */
    public record Rebuilt(String applicationId, int people, String from) {

        public Map<String, Object> members() {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("applicationId", applicationId);
            members.put("people", people);
            members.put("from", from);
            return members;
        }
    }

    /**
     * Takes a snapshot for what Okta holds: the next one is compared with it.
     *
     * @throws dev.bulkuserimport.problem.ProblemException when the snapshot is refused, as an import of it would be
     */
    public Rebuilt fromSnapshot(String app, ObjectVersion named, Deadline deadline) {
        try {
            ObjectVersion object = files.identified(named, deadline);
            SourceFile file = files.open(object, deadline);
            String bucket = settings.reportBucket().orElse(object.bucket());
            HashKey key = states.keyAnew(bucket, app, deadline);
            Everybody everybody = new Everybody(key);
            ReadImport read = importer.read(
                    file.content().records(), everybody, Importer.FileSize.MANY_SESSIONS, new JournalEntry(), deadline);
            if (read.outcome() instanceof PlanOutcome.Refused refused) {
                throw refused.problem().exception();
            }
            if (!read.options().applicationId().equals(app)) {
                throw Problem.invalidRequest(
                                List.of(new FieldError("applicationId", "is not the application that the file is for")))
                        .exception();
            }
            put(
                    bucket,
                    app,
                    everybody.people,
                    new StateManifest(
                            key.fingerprint(),
                            everybody.names.all(),
                            Optional.empty(),
                            Optional.of(file.origin()),
                            List.of()),
                    deadline);
            return new Rebuilt(app, everybody.people.size(), "s3://" + object.bucket() + "/" + object.key());
        } catch (S3Failure | UncheckedIOException e) {
            // S3 may break in the middle of the file too.
            throw FileProblems.of(e).exception();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Takes the application's users in Okta; what values they have is unknown, so the next snapshot sends everybody once more.
     *
     * @param named the bucket that the state lies in, where no report bucket is set
     */
    public Rebuilt fromOkta(String app, Optional<String> named, Deadline deadline) {
        String bucket = settings.reportBucket().or(() -> named).orElseThrow(() -> Problem.invalidRequest(
                        List.of(new FieldError(
                                "bucket",
                                "is missing: no report bucket is set, so name the bucket that the state lies in")))
                .exception());
        try {
            HashKey key = states.keyAnew(bucket, app, deadline);
            People people = new People();
            users.read(
                    app,
                    user -> user.externalId()
                            .filter(id -> !id.isEmpty() && !GONE.contains(user.status()))
                            .ifPresent(people::addUnknown),
                    deadline);
            put(bucket, app, people, StateManifest.empty(key), deadline);
            return new Rebuilt(app, people.size(), "okta");
        } catch (S3Failure e) {
            throw e.problem().exception();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void put(String bucket, String app, People people, StateManifest manifest, Deadline deadline)
            throws IOException {
        String base = states.base(bucket, app, Long.toHexString(System.currentTimeMillis()), people, deadline);
        StateManifest now = manifest.rebased(base, List.of());
        states.replace(bucket, app, now, deadline);
    }

    /** Keeps what each person of a snapshot is, and sends nobody. */
    private static final class Everybody implements Importer.FileSessions {
        private final HashKey key;
        private People people = new People();
        private PropertyNames names = new PropertyNames(List.of());
        private SnapshotComparison comparison;

        Everybody(HashKey key) {
            this.key = key;
            this.comparison = fresh();
        }

        private SnapshotComparison fresh() {
            return new SnapshotComparison(SnapshotComparison.Mode.SNAPSHOT, Optional.empty(), names, key, Guards.NONE);
        }

        @Override
        public void begin(Preface preface) {
            if (preface.operation() != ImportOperation.SNAPSHOT) {
                throw Problem.invalidRequest(List.of(
                                new FieldError("key", "names no snapshot: only one tells who all the people are")))
                        .exception();
            }
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
            people.add(new ByteArrayInputStream(comparison.changes(plan.users())));
        }
    }
}
