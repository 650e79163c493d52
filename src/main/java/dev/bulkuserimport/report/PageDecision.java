package dev.bulkuserimport.report;

import dev.bulkuserimport.plan.GuardKind;
import dev.bulkuserimport.snapshot.SnapshotCounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The content of a stopped file's page: what would happen, to whom, and how to decide. */
final class PageDecision {

    /** A placeholder for the function's name if it is unknown. */
    private static final String FUNCTION = "FUNCTION";

    private final ReportView.Decision decision;
    private final Review review;

    private PageDecision(ReportView.Decision decision) {
        this.decision = decision;
        this.review = decision.review();
    }

    /** The decision for the template; empty unless it can be made. */
    static Map<String, Object> model(ReportView view, Verdict verdict) {
        return verdict == Verdict.TO_DECIDE
                ? new PageDecision(view.decision().orElseThrow()).model()
                : Map.of("ways", List.of(), "people", List.of(), "peopleNote", "", "changes", "");
    }

    private Map<String, Object> model() {
        Map<String, Object> model = new LinkedHashMap<>();
        List<Map<String, Object>> ways = new ArrayList<>();
        ways.add(way("To approve it", Ruling.Choice.APPROVE));
        ways.add(way("To reject it", Ruling.Choice.REJECT));
        model.put("ways", ways);
        model.put("people", review.people());
        String whom = isGuarded(review) ? "whom the guard counts:" : "concerned:";
        model.put(
                "peopleNote",
                (review.people().size() < ReportView.LISTED_PEOPLE
                                ? "Everyone "
                                : "The first " + review.people().size() + " ")
                        + whom);
        model.put("changes", decision.changes().orElse(""));
        return model;
    }

    private Map<String, Object> way(String title, Ruling.Choice choice) {
        Map<String, Object> way = new LinkedHashMap<>();
        String body = "\"decision\":\"" + choice.word() + "\",\"plan\":\"" + review.plan() + "\"";
        way.put("title", title);
        way.put(
                "command",
                "aws lambda invoke --function-name '" + review.desk().function().orElse(FUNCTION)
                        + "' --cli-binary-format raw-in-base64-out --payload '{\"action\":\"decide\",\"importId\":\""
                        + decision.importId() + "\"," + body + ",\"by\":\"YOUR NAME\"}' /dev/stdout");
        way.put(
                "request",
                "POST " + review.desk().url().orElse("") + "/imports/" + decision.importId() + "/decision {" + body
                        + "}");
        return way;
    }

    /** One sentence about the effect of an approval. */
    static String sentence(ReportView.Decision decision, Optional<SnapshotCounts> changes) {
        List<String> parts = new ArrayList<>();
        add(parts, decision.deactivations(), "deactivated");
        if (changes.isPresent()) {
            add(parts, changes.get().created(), "created");
            add(parts, changes.get().changed(), "changed");
            add(parts, changes.get().returned(), "active again");
        } else {
            add(parts, decision.users() - decision.deactivations(), "created or updated");
        }
        add(parts, decision.joined(), "membership", "added to groups");
        add(parts, decision.left(), "membership", "removed from groups");
        changes.flatMap(SnapshotCounts::groups).ifPresent(groups -> {
            add(parts, groups.created(), "group", "created");
            add(parts, groups.changed(), "group", "changed");
            add(parts, groups.deleted(), "group", "deleted");
        });
        int last = parts.size() - 1;
        String all = last < 1
                ? parts.stream().findFirst().orElse("nothing will be changed")
                : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
        return (isGuarded(decision.review())
                        ? "A guard has stopped this file, and nothing was sent. If you approve it, "
                        : "The plan that was approved has changed, and nothing was sent. If you approve this one, ")
                + all + ".";
    }

    /** Whether a guard stops the plan; otherwise it only isn't the one that was approved. */
    private static boolean isGuarded(Review review) {
        return GuardKind.of(review.problem()).isPresent();
    }

    private static void add(List<String> parts, int count, String noun, String what) {
        if (count > 0) {
            parts.add(Words.count(count, noun) + " will be " + what);
        }
    }

    private static void add(List<String> parts, int count, String what) {
        if (count > 0) {
            String people =
                    parts.isEmpty() ? (count == 1 ? "1 person" : Words.number(count) + " people") : Words.number(count);
            parts.add(people + " will be " + what);
        }
    }

    /** The decision, for the table of facts; empty if there is none yet. */
    static Optional<String> decided(ReportView view) {
        return view.decision()
                .flatMap(decision -> decision.review().ruling())
                .map(ruling -> (ruling.choice() == Ruling.Choice.APPROVE ? "approved" : "rejected")
                        + ruling.by().map(who -> " by " + who).orElse("")
                        + " on " + Words.moment(ruling.at())
                        + ruling.comment().map(why -> ": " + why).orElse(""));
    }
}
