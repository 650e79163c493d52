package dev.bulkuserimport.card;

import dev.bulkuserimport.mapping.ColumnContent;
import dev.bulkuserimport.mapping.Proposal;
import dev.bulkuserimport.plan.PlanSummary;
import dev.bulkuserimport.plan.Rejections;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.source.FileScan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The result of an inspection, as the caller gets it.
 *
 * @param asAsked what an import of the file would do with the given mapping, with the proposed one if only a layout is given, or without any
 * @param shown what it would do with the mapping in the answer
 * @param valid the same without the invalid records
 */
record InspectAnswer(
        InspectRequest request,
        FileScan scan,
        boolean partial,
        Proposal proposal,
        Trial asAsked,
        Trial shown,
        Trial valid) {

    private static final String EXTERNAL_ID = "externalId";

    /** The share of people that no real export has as leavers. */
    private static final double NEARLY_ALL = 0.9;

    Map<String, Object> members() {
        Rejections rejections = shown.rejections();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("format", request.format().name());
        members.put("separator", scan.separator().orElse(null));
        members.put("encoding", scan.encoding().orElse(null));
        members.put("sheet", scan.sheet().orElse(null));
        members.put("otherSheets", scan.otherSheets());
        members.put("columns", columns());
        members.put("groupColumns", Proposal.groupColumns(scan.columns()));
        members.put("records", shown.summary().map(PlanSummary::records).orElseGet(this::scanned));
        members.put("complete", !partial);
        Optional<Object> mapping = request.given().document().or(() -> Optional.<Object>of(proposal.document())
                .filter(any -> !Map.of().equals(any)));
        members.put("mapping", mapping.orElse(null));
        members.put("proposed", isProposed());
        members.put("properties", properties());
        members.put("users", valid.users());
        members.put("deactivate", valid.deactivated());
        members.put(
                "deactivations", valid.summary().map(PlanSummary::deactivations).orElse(0));
        members.put("skipped", shown.summary().map(PlanSummary::skipped).orElse(0));
        members.put("errorKinds", rejections.listedKinds());
        members.put("errors", rejections.listed());
        members.put("errorCount", rejections.errorCount());
        members.put("rejectedCount", rejections.records());
        members.put("notes", notes());
        members.put("problem", document(asAsked).orElse(null));
        members.put("mappingProblem", mapping.flatMap(any -> document(shown)).orElse(null));
        return members;
    }

    private boolean isProposed() {
        return request.given().document().isEmpty();
    }

    private static Optional<Object> document(Trial trial) {
        return trial.problem().map(Problem::document);
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>(shown.notes().remarks());
        if (isProposed()
                && (asAsked.problem().isPresent() || !request.given().layout().isEmpty())) {
            notes.addAll(proposal.remarks());
        }
        massLeave().ifPresent(notes::add);
        guessedEncoding().ifPresent(notes::add);
        return notes;
    }

    /** Any bytes are text in such an encoding, so only a person sees whether it is the right one. */
    private Optional<String> guessedEncoding() {
        return scan.encoding()
                .filter(encoding -> encoding.equals(InspectedBytes.WESTERN)
                        && isProposed()
                        && !request.given().layout().containsKey("encoding"))
                .map(encoding -> "The file is not UTF-8 and was read as " + encoding
                        + ", which programs in Western Europe and America use: check the letters with accents, and if they"
                        + " are wrong, set the right encoding (file.encoding).");
    }

    /** A proposed rule by which nearly everybody leaves was more likely misunderstood than meant, except in a file of leavers. */
    private Optional<String> massLeave() {
        return valid.summary()
                .filter(summary -> request.operation().takesProfiles()
                        && isProposed()
                        && proposal.document().containsKey("deactivate")
                        && summary.deactivations() > 0
                        && summary.deactivations() >= summary.records() * NEARLY_ALL)
                .map(summary -> "The proposed rule for leavers would deactivate " + summary.deactivations() + " of "
                        + summary.records() + " people: check it, or remove it from the mapping.");
    }

    private int scanned() {
        return scan.columns().isEmpty() ? 0 : scan.columns().get(0).cells();
    }

    private List<Map<String, Object>> columns() {
        List<Map<String, Object>> columns = new ArrayList<>();
        for (ColumnContent column : scan.columns()) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("name", column.name());
            members.put("samples", column.samples());
            members.put("empty", column.empty());
            columns.add(members);
        }
        return columns;
    }

    private List<Map<String, Object>> properties() {
        List<Map<String, Object>> properties = new ArrayList<>();
        for (Proposal.Choice choice : proposal.choices()) {
            Proposal.Target target = choice.target();
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("name", target.name());
            members.put("title", target.title());
            members.put("required", target.required());
            if (!isProposed()) {
                Optional<Object> from = given(target.name());
                members.put("from", from.orElse(null));
                members.put("why", from.map(column -> why(column, target)).orElse("none"));
            } else {
                members.put("from", choice.column().map(ColumnContent::name).orElse(null));
                members.put("why", word(choice.why()));
            }
            properties.add(members);
        }
        return properties;
    }

    private static String word(Proposal.Why why) {
        return why.name().toLowerCase(Locale.ROOT);
    }

    private static String why(Object from, Proposal.Target target) {
        Object first = from instanceof List<?> list && !list.isEmpty() ? list.get(0) : from;
        Proposal.Why why = Proposal.why(first.toString(), target);
        return why == Proposal.Why.NONE ? "given" : word(why);
    }

    /** The columns from which the given mapping takes a property; a constant has none. */
    private Optional<Object> given(String property) {
        Object rules = request.given().document().orElseThrow();
        Object rule =
                property.equals(EXTERNAL_ID) ? member(rules, EXTERNAL_ID) : member(member(rules, "profile"), property);
        if (rule instanceof Map<?, ?>) {
            Object from = member(rule, "from");
            return Optional.of(from instanceof Map<?, ?> ? member(rule, "join") : from)
                    .filter(found -> !(found instanceof Map<?, ?>));
        }
        return rule instanceof String ? Optional.of(rule) : Optional.empty();
    }

    /** A member of an object; an empty object if there is none. */
    private static Object member(Object of, String name) {
        Object member = of instanceof Map<?, ?> members ? members.get(name) : null;
        return member == null ? Map.of() : member;
    }
}
