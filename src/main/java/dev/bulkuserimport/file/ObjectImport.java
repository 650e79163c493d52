package dev.bulkuserimport.file;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.s3.ObjectVersion;
import dev.bulkuserimport.s3.S3Failure;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Imports an object after a notification from S3: once, however many notifications arrive, in one invocation, for a file that fits in one
 * session.
 */
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
     * Imports the object and returns the result.
     *
     * @param comesAgainWithin the longest time until the notification is delivered again after a failure
     * @throws ProblemException for a failure that may be resolved by a retry; it is already in the report
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
