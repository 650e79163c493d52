package dev.bulkuserimport.card;

import dev.bulkuserimport.base.JsonOutput;
import dev.bulkuserimport.mapping.Mapping;
import dev.bulkuserimport.mapping.Proposal;
import dev.bulkuserimport.plan.SchemaKnowledge;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.rules.ApplicationSchema;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.source.FileScan;
import dev.bulkuserimport.source.FileSource;
import dev.bulkuserimport.source.ImportDefaults;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Inspects a file in memory: its columns, a mapping for them, and what an import would do. */
final class Inspection {

    private static final String EXTERNAL_ID = "externalId";
    private static final String ENCODING = "encoding";
    private static final String SHEET = "sheet";

    private final boolean skipsInvalid;

    /** @param skipsInvalid whether imports leave invalid records out */
    Inspection(boolean skipsInvalid) {
        this.skipsInvalid = skipsInvalid;
    }

    /**
     * @return the members of the answer
     * @throws dev.bulkuserimport.problem.ProblemException the import's own problem for a file that can't be read at all
     */
    Map<String, Object> inspect(InspectRequest request, SchemaKnowledge schema) throws IOException {
        byte[] content = InspectedBytes.wholeRecords(request);
        Optional<Mapping> given = request.given().mapping();
        Seen seen = given.isPresent()
                ? seen(request, content, given, Map.of(), schema)
                : proposed(request, content, layout(request), schema);
        FileScan scan = seen.scan();
        Proposal proposal = seen.proposal();
        boolean partial = request.partial() || scan.end().isPresent();

        // Only a mapping says how a file is read, so one with a given layout is never tried without.
        boolean mapped = given.isPresent() || !request.given().layout().isEmpty();
        Optional<Mapping> mapping = mapped ? given.or(() -> proposed(proposal)) : Optional.empty();
        Trial asAsked = mapped && mapping.isEmpty()
                ? Trial.WITHOUT_EXTERNAL_ID
                : trial(request, content, mapping, schema, request.partial());
        boolean breaksOff = scan.end().isPresent() && !request.partial();
        Trial shown = breaksOff && !asAsked.equals(Trial.WITHOUT_EXTERNAL_ID)
                ? trial(request, content, mapping, schema, true)
                : asAsked;
        if (!mapped && (isRefusedByItsColumns(shown) || isNoPayload(scan, shown))) {
            mapping = proposed(proposal);
            shown = mapping.map(tried -> trial(request, content, Optional.of(tried), schema, partial))
                    .orElse(asAsked);
        }
        Optional<Mapping> used = mapping;
        Trial valid = isRefusedByRecords(shown) ? Trial.of(file(request, content, used), schema, true, partial) : shown;
        return new InspectAnswer(request, scan, partial, proposal, asAsked, shown, valid).members();
    }

    /** The file's columns, and the mapping for them. */
    private record Seen(FileScan scan, Proposal proposal) {

        boolean hasMapping() {
            return !proposal.document().isEmpty();
        }

        /** Leavers need nothing but an ID, and another sheet may be that of the whole staff. */
        boolean hasPeople(ImportOperation operation) {
            return hasMapping()
                    && (!operation.takesProfiles()
                            || proposal.isOfPeople()
                            || Proposal.describesPeople(scan.columns()));
        }
    }

    private static Seen seen(
            InspectRequest request,
            byte[] content,
            Optional<Mapping> reading,
            Map<String, Object> layout,
            SchemaKnowledge schema)
            throws IOException {
        FileScan scan = file(request, content, reading).scan();
        return new Seen(scan, Proposal.of(scan.columns(), targets(request, schema), found(layout, scan)));
    }

    /** The people may be in another sheet than the first, which may hold instructions or departments. */
    private static Seen proposed(
            InspectRequest request, byte[] content, Map<String, Object> layout, SchemaKnowledge schema)
            throws IOException {
        Seen first = seen(request, content, reading(layout), layout, schema);
        if (first.hasPeople(request.operation()) || layout.containsKey(SHEET)) {
            return first;
        }
        Seen likeliest = first;
        for (String sheet : first.scan().otherSheets()) {
            Map<String, Object> other = new LinkedHashMap<>(layout);
            other.put(SHEET, sheet);
            try {
                Seen seen = seen(request, content, reading(other), other, schema);
                if (seen.hasPeople(request.operation())) {
                    return seen;
                }
                likeliest = likeliest.hasMapping() || !seen.hasMapping() ? likeliest : seen;
            } catch (ProblemException e) {
                // A sheet that can't be read matters only where none before it has anything.
                if (!likeliest.hasMapping()) {
                    throw e;
                }
            }
        }
        return likeliest;
    }

    private static Optional<Mapping> proposed(Proposal proposal) {
        return proposal.json().map(Mapping::parse);
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

    /** An array of a system's own objects is read as a payload, in which each user lacks an external ID. */
    private static boolean isNoPayload(FileScan scan, Trial trial) {
        return scan.columns().stream().noneMatch(column -> column.name().equals(EXTERNAL_ID))
                && trial.summary()
                        .filter(summary ->
                                summary.records() > 0 && summary.rejections().records() == summary.records())
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

    /** What the caller and the bytes say of how the file is to be read. */
    private static Map<String, Object> layout(InspectRequest request) {
        Map<String, Object> layout = new LinkedHashMap<>(request.given().layout());
        if (!layout.containsKey(ENCODING)) {
            InspectedBytes.encoding(request).ifPresent(name -> layout.put(ENCODING, name));
        }
        return layout;
    }

    /** A mapping that only says how to read a file whose columns aren't known yet. */
    private static Optional<Mapping> reading(Map<String, Object> layout) {
        return layout.isEmpty()
                ? Optional.empty()
                : Optional.of(Mapping.parse(JsonOutput.bytes(Map.of(EXTERNAL_ID, EXTERNAL_ID, "file", layout))));
    }

    private static Map<String, Object> found(Map<String, Object> layout, FileScan scan) {
        Map<String, Object> file = new LinkedHashMap<>(layout);
        if (scan.skipLines() > 0) {
            file.putIfAbsent("skipLines", scan.skipLines());
        }
        scan.list().ifPresent(list -> file.putIfAbsent("list", list));
        return file;
    }

    private static List<Proposal.Target> targets(InspectRequest request, SchemaKnowledge schema) {
        return request.operation().takesProfiles()
                ? schema.known().orElse(ApplicationSchema.STANDARD).fields().stream()
                        .map(field -> new Proposal.Target(field.name(), field.title(), field.required()))
                        .toList()
                : List.of();
    }
}
