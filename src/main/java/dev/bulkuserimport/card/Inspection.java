package dev.bulkuserimport.card;

import dev.bulkuserimport.base.JsonOutput;
import dev.bulkuserimport.mapping.Mapping;
import dev.bulkuserimport.mapping.Proposal;
import dev.bulkuserimport.plan.SchemaKnowledge;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.rules.ApplicationSchema;
import dev.bulkuserimport.rules.StandardProperty;
import dev.bulkuserimport.source.FileScan;
import dev.bulkuserimport.source.FileSource;
import dev.bulkuserimport.source.ImportDefaults;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Inspects a file in memory: its columns, a mapping for them, and what an import would do. */
final class Inspection {

    private final boolean skipsInvalid;

    /** @param skipsInvalid whether imports leave invalid records out */
    Inspection(boolean skipsInvalid) {
        this.skipsInvalid = skipsInvalid;
    }

    /**
     * @param given the mapping in the request
     * @return the members of the answer
     * @throws dev.bulkuserimport.problem.ProblemException the import's own problem for a file that can't be read at all
     */
    Map<String, Object> inspect(InspectRequest request, Optional<Mapping> given, SchemaKnowledge schema)
            throws IOException {
        byte[] content = InspectedBytes.wholeLines(request);
        Optional<String> encoding = given.isEmpty() ? InspectedBytes.encoding(request) : Optional.empty();
        Optional<Mapping> decoding = encoding.map(Inspection::decoding).or(() -> given);
        FileScan scan = file(request, content, decoding).scan();
        boolean partial = request.partial() || scan.end().isPresent();
        List<Proposal.Target> targets = targets(request, schema);
        Proposal proposal = Proposal.of(scan.columns(), targets, layout(scan, encoding));

        Trial asItIs = trial(request, content, given, schema, request.partial());
        boolean breaksOff = scan.end().isPresent() && !request.partial();
        Optional<Mapping> mapping = given;
        Trial shown = breaksOff ? trial(request, content, given, schema, true) : asItIs;
        if (given.isEmpty() && isRefusedByItsColumns(shown)) {
            mapping = proposal.json().map(Mapping::parse);
            shown = mapping.map(proposed -> trial(request, content, Optional.of(proposed), schema, partial))
                    .orElse(asItIs);
        }
        Optional<Mapping> used = mapping;
        Trial valid = isRefusedByRecords(shown) ? Trial.of(file(request, content, used), schema, true, partial) : shown;
        return new InspectAnswer(request, scan, partial, proposal, asItIs, shown, valid).members();
    }

    private Trial trial(
            InspectRequest request,
            byte[] content,
            Optional<Mapping> mapping,
            SchemaKnowledge schema,
            boolean partial) {
        return Trial.of(file(request, content, mapping), schema, skipsInvalid, partial);
    }

    /** Without a mapping, a file with columns that aren't named like Okta's properties is refused. */
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
                request.format(), mapping.map(beside::with).orElse(beside), () -> new ByteArrayInputStream(content));
    }

    /** A mapping that only sets an encoding, for a file whose columns aren't known yet. */
    private static Mapping decoding(String encoding) {
        Map<String, Object> file = Map.of("externalId", "externalId", "file", Map.of("encoding", encoding));
        return Mapping.parse(JsonOutput.bytes(file));
    }

    private static Map<String, Object> layout(FileScan scan, Optional<String> encoding) {
        Map<String, Object> file = new LinkedHashMap<>();
        encoding.ifPresent(name -> file.put("encoding", name));
        if (scan.skipLines() > 0) {
            file.put("skipLines", scan.skipLines());
        }
        scan.list().ifPresent(list -> file.put("list", list));
        return file;
    }

    private static List<Proposal.Target> targets(InspectRequest request, SchemaKnowledge schema) {
        List<Proposal.Target> targets = new ArrayList<>();
        if (!request.operation().takesProfiles()) {
            return targets;
        }
        Optional<ApplicationSchema> known = schema.known();
        for (StandardProperty standard : StandardProperty.values()) {
            String name = standard.propertyName();
            boolean required =
                    known.filter(found -> found.required().contains(name)).isPresent();
            targets.add(new Proposal.Target(name, standard.label(), required));
        }
        known.ifPresent(found -> found.custom()
                .forEach((name, property) -> targets.add(new Proposal.Target(
                        name, property.title(), found.required().contains(name)))));
        return targets;
    }
}
