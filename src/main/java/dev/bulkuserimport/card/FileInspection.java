package dev.bulkuserimport.card;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.config.Settings;
import dev.bulkuserimport.mapping.Mapping;
import dev.bulkuserimport.mapping.Proposal;
import dev.bulkuserimport.okta.ApplicationSchemas;
import dev.bulkuserimport.plan.SchemaKnowledge;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.rules.ApplicationSchema;
import dev.bulkuserimport.rules.StandardProperty;
import dev.bulkuserimport.source.FileScan;
import dev.bulkuserimport.source.FileSource;
import dev.bulkuserimport.source.ImportDefaults;
import dev.bulkuserimport.source.Payload;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at a file, or at the start of one, without importing it: what is in it, which mapping it may have, and what an import of it would
 * do. Of Okta it reads the application's schema alone, and it writes nothing anywhere.
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
     * @param applicationId the application that a route names; else it is in the body
     * @return the answer's members
     * @throws ProblemException {@code invalid-request} for a wrong request; the import's own problem for a file that can't be read at all
     */
    public Map<String, Object> run(Payload body, Optional<String> applicationId, Deadline deadline) {
        InspectRequest request = InspectRequest.read(body, applicationId);
        Optional<Mapping> given = request.mappingBytes().map(Mapping::parse);
        SchemaKnowledge schema = schema(request, deadline);
        try {
            return inspect(request, given, schema);
        } catch (IOException e) {
            throw new UncheckedIOException("a file in memory can be read", e);
        }
    }

    private Map<String, Object> inspect(InspectRequest request, Optional<Mapping> given, SchemaKnowledge schema)
            throws IOException {
        byte[] content = InspectedBytes.wholeLines(request);
        FileScan scan = file(request, content, given).scan();
        boolean partial = request.partial() || scan.end().isPresent();
        List<Proposal.Target> targets = targets(request, schema);
        Proposal proposal = Proposal.of(scan.columns(), targets, layout(scan));

        Trial asItIs = trial(request, content, given, schema, request.partial());
        Optional<Mapping> mapping = given;
        Trial shown = asItIs;
        if (given.isEmpty() && isRefusedByItsColumns(asItIs)) {
            mapping = proposal.json().map(Mapping::parse);
            shown = mapping.map(proposed -> trial(request, content, Optional.of(proposed), schema, partial))
                    .orElse(asItIs);
        } else if (scan.end().isPresent() && !request.partial()) {
            shown = trial(request, content, given, schema, true);
        }
        Optional<Mapping> used = mapping;
        Trial valid = isRefusedByRecords(shown)
                ? Trial.of(file(request, content, used), schema, true, partial)
                : shown;
        return new InspectAnswer(request, scan, partial, proposal, asItIs, shown, valid).members();
    }

    private Trial trial(
            InspectRequest request, byte[] content, Optional<Mapping> mapping, SchemaKnowledge schema, boolean partial) {
        return Trial.of(file(request, content, mapping), schema, settings.skipsInvalidUsers(), partial);
    }

    /** Without a mapping a file is refused by columns that are named otherwise than Okta's properties. */
    private static boolean isRefusedByItsColumns(Trial trial) {
        return trial.problem()
                .filter(problem -> problem.type() == ProblemType.INVALID_REQUEST
                        || problem.type() == ProblemType.MALFORMED_PAYLOAD)
                .isPresent();
    }

    private static boolean isRefusedByRecords(Trial trial) {
        return trial.problem()
                .filter(problem -> problem.type() == ProblemType.INVALID_USERS)
                .isPresent();
    }

    private static FileSource file(InspectRequest request, byte[] content, Optional<Mapping> mapping) {
        ImportDefaults beside = new ImportDefaults(
                Optional.of(request.applicationId()), Optional.of(request.operation()), Optional.empty(), true, true);
        return new FileSource(
                request.format(),
                mapping.map(beside::with).orElse(beside),
                () -> new ByteArrayInputStream(content));
    }

    private static Map<String, Object> layout(FileScan scan) {
        Map<String, Object> file = new LinkedHashMap<>();
        if (scan.skipLines() > 0) {
            file.put("skipLines", scan.skipLines());
        }
        scan.list().ifPresent(list -> file.put("list", list));
        return file;
    }

    private SchemaKnowledge schema(InspectRequest request, Deadline deadline) {
        if (!request.operation().takesProfiles()) {
            return SchemaKnowledge.NOT_ASKED;
        }
        try {
            return new SchemaKnowledge.Known(schemas.get(request.applicationId(), deadline));
        } catch (ProblemException e) {
            Problem problem = e.problem();
            if (problem.type() == ProblemType.OKTA_UNAUTHORIZED || problem.type() == ProblemType.APPLICATION_NOT_FOUND) {
                return new SchemaKnowledge.Unreadable(problem.detail());
            }
            throw e;
        }
    }

    private static List<Proposal.Target> targets(InspectRequest request, SchemaKnowledge schema) {
        List<Proposal.Target> targets = new ArrayList<>();
        if (!request.operation().takesProfiles()) {
            return targets;
        }
        Optional<ApplicationSchema> known = schema.known();
        for (StandardProperty standard : StandardProperty.values()) {
            String name = standard.propertyName();
            boolean required = known.filter(found -> found.required().contains(name)).isPresent();
            targets.add(new Proposal.Target(name, standard.label(), required));
        }
        known.ifPresent(found -> found.custom()
                .forEach((name, property) -> targets.add(new Proposal.Target(
                        name, property.title(), found.required().contains(name)))));
        return targets;
    }
}
