package dev.bulkuserimport.report;

import dev.bulkuserimport.snapshot.SnapshotCounts;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Converts a report's view to maps and lists for the template, so that the engine doesn't need reflection, which native code lacks. */
final class PageModel {

    /** How many rejected records a page shows; all are in the JSON report. */
    static final int MOST_REJECTED = 1_000;

    private static final String FIRST_SNAPSHOT =
            "No one was known before: this was the first snapshot, which deactivates no one.";

    private final ReportView view;
    private final Verdict verdict;

    private PageModel(ReportView view) {
        this.view = view;
        this.verdict = Verdict.of(view);
    }

    static Map<String, Object> of(ReportView view) {
        return new PageModel(view).model();
    }

    private Map<String, Object> model() {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("file", view.file());
        model.put("mood", verdict.mood());
        model.put("icon", verdict.icon());
        model.put("verdict", verdict.label());
        model.put("summary", Summary.of(view, verdict));
        List<String> steps = Advice.of(view, verdict);
        model.put("steps", steps);
        model.put("onlyStep", steps.size() == 1 ? steps.get(0) : "");
        model.put(
                "command",
                verdict == Verdict.TO_DECIDE ? "" : GuardAdvice.command(view).orElse(""));
        model.put("decision", PageDecision.model(view, verdict));
        model.put("links", links());
        model.put("bars", PageBars.of(view, verdict));
        model.put("problem", view.problem().map(PageModel::problem).orElse(null));
        model.put("kinds", view.errorKinds().stream().map(PageModel::kind).toList());
        model.put("rejected", rejected());
        model.put("rejectedNote", rejectedNote());
        model.put("notImported", view.notImported().stream().map(this::range).toList());
        model.put("okta", view.okta().map(PageModel::okta).orElse(null));
        model.put("changes", view.changes().map(this::changes).orElse(null));
        model.put("timeLine", view.sessions().isEmpty() ? null : TimeLine.model(view));
        model.put("notes", view.notes());
        model.put("facts", facts());
        return model;
    }

    private Map<String, Object> links() {
        Map<String, Object> links = new LinkedHashMap<>();
        links.put("json", view.links().json().orElse(""));
        links.put("rejectedRows", view.links().rejectedRows().orElse(""));
        links.put("source", view.links().source().orElse(""));
        links.put("jsonName", view.links().json().map(PageModel::name).orElse(""));
        links.put(
                "rejectedRowsName",
                view.links().rejectedRows().map(PageModel::name).orElse(""));
        links.put("place", view.place().orElse(""));
        return links;
    }

    /** A linked file's own name. */
    private static String name(String link) {
        return URLDecoder.decode(link.substring(link.lastIndexOf('/') + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static Map<String, Object> problem(ReportView.Failure failure) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", failure.type());
        problem.put("title", failure.title());
        problem.put("detail", failure.detail());
        return problem;
    }

    private static Map<String, Object> kind(ReportView.ErrorKind kind) {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("field", kind.field().orElse("the record"));
        model.put("message", kind.message());
        model.put("count", Words.number(kind.count()));
        model.put(
                "places",
                String.join(", ", kind.places()) + (kind.count() > kind.places().size() ? ", …" : ""));
        return model;
    }

    private List<Map<String, Object>> rejected() {
        return view.rejected().stream()
                .limit(MOST_REJECTED)
                .map(error -> {
                    Map<String, Object> model = new LinkedHashMap<>();
                    model.put("place", error.place());
                    model.put("externalId", error.externalId().orElse("–"));
                    model.put("field", error.field().orElse("the record"));
                    model.put("message", error.message());
                    return model;
                })
                .toList();
    }

    private String rejectedNote() {
        int shown = Math.min(MOST_REJECTED, view.rejected().size());
        int records = view.counts().invalid();
        String all = view.counts().invalidInWords() + Words.verb(records, " has", " have") + " errors.";
        return view.rejected().size() > MOST_REJECTED
                        || records > view.rejected().size()
                ? all + " Only the first " + Words.number(shown) + " entries are shown here; the JSON report has more."
                : all;
    }

    private Map<String, Object> range(ReportView.NotImported range) {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("places", range.places());
        model.put("users", range.counted());
        model.put(
                "outcome",
                switch (range.outcome()) {
                    case "rejected" -> "refused by Okta";
                    case "unknown" ->
                        verdict == Verdict.ENDED_BY_OKTA
                                ? "unknown: Okta ended their session, and may have accepted some of them"
                                : "unknown: no answer arrived, Okta may have accepted them";
                    case "not-sent" -> "not sent";
                    default -> range.outcome();
                });
        return model;
    }

    private static Map<String, Object> okta(ReportView.Okta okta) {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("statuses", statuses(okta.users()));
        model.put("deactivated", okta.deactivated().map(PageModel::statuses).orElse(List.of()));
        model.put("partial", okta.partial().orElse(""));
        model.put("notShown", notShown(okta));
        model.put("notShownIds", okta.users().missingIds());
        return model;
    }

    private static List<Map<String, Object>> statuses(OktaView.Seen seen) {
        List<Map<String, Object>> statuses = new ArrayList<>();
        seen.byStatus().forEach((status, count) -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("status", status);
            row.put("means", OktaStatus.meaning(status));
            row.put("users", Words.number(count));
            statuses.add(row);
        });
        return statuses;
    }

    private static String notShown(ReportView.Okta okta) {
        int missing = okta.users().missing();
        if (missing == 0) {
            return "";
        }
        if (okta.partial().isPresent()) {
            return Words.users(missing) + " of this file" + Words.verb(missing, " was", " were")
                    + " not found in Okta so far.";
        }
        return "Okta does not list " + Words.users(missing) + " of this file"
                + (okta.users().missingIds().isEmpty()
                        ? "."
                        : missing > okta.users().missingIds().size() ? "; the first of them:" : ":");
    }

    private Map<String, Object> changes(SnapshotCounts changes) {
        Map<String, Object> model = new LinkedHashMap<>();
        List<Map<String, Object>> by = new ArrayList<>();
        changes.changedByProperty().forEach((property, count) -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("property", property);
            row.put("users", Words.number(count));
            by.add(row);
        });
        model.put("by", by);
        model.put("known", changes.known().isPresent() ? known(changes.known().getAsInt()) : FIRST_SNAPSHOT);
        model.put("goneIds", changes.goneIds());
        model.put(
                "gone",
                changes.goneIds().isEmpty()
                        ? ""
                        : changes.gone() > changes.goneIds().size()
                                ? "The first " + Words.number(changes.goneIds().size()) + " of those who are gone"
                                : "Those who are gone");
        return model;
    }

    private String known(int people) {
        return "The file has " + Words.count(view.counts().records(), "record") + "; " + Words.number(people)
                + Words.verb(people, " person was", " people were") + " known before.";
    }

    private List<Map<String, Object>> facts() {
        List<Map<String, Object>> facts = new ArrayList<>();
        fact(facts, "Application", view.applicationId());
        fact(facts, "Operation", view.operation().map(PageModel::operation));
        fact(
                facts,
                "Records in the file",
                Optional.of(view.counts().records() + view.counts().beside().records())
                        .filter(count -> count > 0)
                        .map(Words::number));
        fact(
                facts,
                "Deactivations sent",
                Optional.of(view.counts().deactivated())
                        .filter(count -> count > 0)
                        .map(Words::number));
        fact(facts, "Decision", PageDecision.decided(view));
        fact(facts, "Began", view.startedAt().map(Words::moment));
        fact(facts, "Ended", view.finishedAt().map(Words::moment));
        fact(facts, "Took", view.startedAt().flatMap(start -> view.finishedAt()
                .map(end -> Words.lasted(Duration.between(start, end)))));
        fact(
                facts,
                "Attempts",
                view.attempts() > 1
                        ? Optional.of(Words.number(view.attempts())
                                + ": an earlier one was interrupted, and this one continued")
                        : Optional.empty());
        return facts;
    }

    private static void fact(List<Map<String, Object>> facts, String name, Optional<String> value) {
        value.ifPresent(text -> {
            Map<String, Object> fact = new LinkedHashMap<>();
            fact.put("name", name);
            fact.put("value", text);
            facts.add(fact);
        });
    }

    private static String operation(String operation) {
        return switch (operation) {
            case "CREATE_AND_UPDATE" -> "Create & Update";
            case "DEACTIVATE_AND_DELETE" -> "Deactivate & Delete";
            case "SNAPSHOT" -> "Snapshot: all people";
            default -> operation;
        };
    }
}
