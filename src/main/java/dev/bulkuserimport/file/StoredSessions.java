package dev.bulkuserimport.file;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.report.FileSession;
import dev.bulkuserimport.report.ImportId;
import dev.bulkuserimport.s3.ObjectHead;
import dev.bulkuserimport.snapshot.HashKey;
import java.io.IOException;
import java.util.Optional;

/** The sessions of a file that is imported step by step, each in another invocation. */
final class StoredSessions implements PreparedSessions {

    private final WorkFiles work;
    private final ImportId importId;
    private final Optional<ObjectHead> source;
    private final Deadline deadline;
    private Optional<HashKey> key = Optional.empty();

    /** @param source whose encryption the stored sessions get; empty where they are only read */
    StoredSessions(WorkFiles work, ImportId importId, Optional<ObjectHead> source, Deadline deadline) {
        this.work = work;
        this.importId = importId;
        this.source = source;
        this.deadline = deadline;
    }

    @Override
    public Optional<String> keep(SessionPlan plan) throws IOException {
        return Optional.of(work.store(importId, plan, key(deadline), source.orElseThrow(), deadline));
    }

    @Override
    public SessionPlan plan(FileSession session, Deadline limit) throws IOException {
        return work.load(importId, session, key(limit), limit);
    }

    private HashKey key(Deadline limit) throws IOException {
        if (key.isEmpty()) {
            key = Optional.of(work.key(importId.reportBucket(), limit));
        }
        return key.get();
    }

    @Override
    public void sent(SessionPlan plan) {
        plan.release();
    }

    @Override
    public void forget(int count) throws IOException {
        work.tidy(importId, count, deadline);
    }
}
