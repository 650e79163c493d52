package dev.bulkuserimport.file;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.s3.ObjectVersion;
import dev.bulkuserimport.s3.S3Failure;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Imports an object that S3 notifies of: once, however often it does, in one invocation, for a file that fits into one session. */
@Singleton
public class ObjectImport {

    private final Claims claims;
    private final SourceFiles files;
    private final FileRunner runner;

    ObjectImport(Claims claims, SourceFiles files, FileRunner runner) {
        this.claims = claims;
        this.files = files;
        this.runner = runner;
    }

    /**
     * What became of the object.
     *
     * @param comesAgainWithin the longest time until the object is delivered again after a failure
     * @throws ProblemException for a failure that another delivery may not meet; the report has it already
     */
    public ObjectResult run(ObjectVersion named, Duration comesAgainWithin, Deadline deadline) {
        if (SourceFiles.isNoImport(named.key())) {
            return ObjectResult.ignored(named);
        }
        try {
            ObjectVersion object = files.identified(named, deadline);
            Claims.Answer answer = claims.take(object, Claims.Driver.NOTIFICATION, deadline);
            if (answer instanceof Claims.Answer.Mine mine) {
                mine.claim().comesAgainWithin(comesAgainWithin);
                return ObjectResult.of(runner.run(mine.claim(), new Errand.Whole(), deadline), claims.place(object));
            }
            return ObjectResult.duplicate(((Claims.Answer.Others) answer).report(), claims.place(object));
        } catch (S3Failure e) {
            throw e.problem().exception();
        }
    }
}
