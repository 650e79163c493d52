package dev.bulkuserimport.card;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.config.Settings;
import dev.bulkuserimport.okta.ApplicationSchemas;
import dev.bulkuserimport.plan.SchemaKnowledge;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.source.Payload;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/**
 * Inspects a file, or the start of one, without importing it: its contents, a suitable mapping, and what an import would do. It reads only
 * the application's schema from Okta, and writes nothing.
 */
@Singleton
public class FileInspection {

    private final ApplicationSchemas schemas;
    private final Settings settings;

    FileInspection(ApplicationSchemas schemas, Settings settings) {
        this.schemas = schemas;
        this.settings = settings;
    }

    /**
     * Inspects a request's file.
     *
     * @param applicationId the application named by the route; otherwise it is in the body
     * @return the members of the answer
     * @throws ProblemException {@code invalid-request} for an invalid request; the import's own problem for a file that can't be read at
     *     all
     */
    public Map<String, Object> run(Payload body, Optional<String> applicationId, Deadline deadline) {
        InspectRequest request = InspectRequest.read(body, applicationId);
        SchemaKnowledge schema = schema(request, deadline);
        try {
            return new Inspection(settings.skipsInvalidUsers()).inspect(request, schema);
        } catch (IOException e) {
            throw new UncheckedIOException("reading a file in memory failed", e);
        }
    }

    private SchemaKnowledge schema(InspectRequest request, Deadline deadline) {
        if (!request.operation().takesProfiles()) {
            return SchemaKnowledge.NOT_ASKED;
        }
        try {
            return new SchemaKnowledge.Known(schemas.get(request.applicationId(), deadline));
        } catch (ProblemException e) {
            Problem problem = e.problem();
            if (problem.type() == ProblemType.OKTA_UNAUTHORIZED
                    || problem.type() == ProblemType.APPLICATION_NOT_FOUND) {
                return new SchemaKnowledge.Unreadable(problem.detail());
            }
            throw e;
        }
    }
}
