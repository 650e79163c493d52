package dev.bulkuserimport.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** A report in about ten lines, as a person would tell it: what was read, left out and why, sent, and what became of it. */
final class LocalSummary {

    private static final int KINDS = 5;
    private static final int NOTES = 2;

    private final JsonNode report;
    private final List<String> lines = new ArrayList<>();

    private LocalSummary(JsonNode report) {
        this.report = report;
    }

    static List<String> of(String file, JsonNode report) {
        LocalSummary summary = new LocalSummary(report);
        summary.read(file);
        summary.leftOut();
        summary.sent();
        summary.became();
        return summary.lines;
    }

    /** A number with its noun. */
    static String count(long number, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
    }

    private void read(String file) {
        StringJoiner line = new StringJoiner(", ", file + ": ", ".");
        line.add(count(number("records"), "record") + " read");
        if (number("skipped") > 0) {
            line.add(number("skipped") + " skipped by the mapping");
        }
        if (report.has("peopleBefore")) {
            line.add(number("new") + " new").add(number("changed") + " changed");
            line.add(number("unchanged") + " unchanged").add(number("gone") + " gone");
        }
        lines.add(line.toString());
        for (int i = 0; i < Math.min(NOTES, report.path("notes").size()); i++) {
            lines.add(report.path("notes").get(i).asText());
        }
    }

    private void leftOut() {
        if (number("rejectedCount") == 0) {
            return;
        }
        lines.add((number("recordsImported") > 0 ? "Left out as invalid: " : "Invalid: ")
                + count(number("rejectedCount"), "record") + ".");
        JsonNode kinds = report.path("errorKinds");
        for (int i = 0; i < Math.min(KINDS, kinds.size()); i++) {
            JsonNode kind = kinds.get(i);
            StringJoiner places = new StringJoiner(
                    ", ", " (", kind.path("count").asInt() > kind.path("places").size() ? ", …)" : ")");
            kind.path("places").forEach(place -> places.add(place.asText()));
            lines.add("  " + kind.path("count").asInt() + " × "
                    + kind.path("field").asText("record") + " "
                    + kind.path("message").asText() + places);
        }
        if (kinds.size() > KINDS) {
            lines.add("  and " + count(kinds.size() - KINDS, "other kind") + " of error");
        }
    }

    private void sent() {
        if (report.path("dryRun").asBoolean()) {
            lines.add("Nothing was sent: this was a preview.");
        } else if (number("recordsImported") + number("groupsImported") + number("membershipsImported") > 0) {
            lines.add("Sent: " + imported() + " in "
                    + count(report.path("sessions").size(), "session") + ", "
                    + count(report.at("/effort/requests").asLong(number("requests")), "request") + ".");
        } else if (!report.has("problem")) {
            lines.add("Nothing had to be sent.");
        }
    }

    /** What Okta accepted; groups and memberships only where there are any. */
    private String imported() {
        StringJoiner counts = new StringJoiner(", ");
        if (number("recordsImported") > 0) {
            counts.add(count(number("recordsImported"), "user"));
        }
        if (number("groupsImported") > 0) {
            counts.add(count(number("groupsImported"), "group"));
        }
        if (number("membershipsImported") > 0) {
            counts.add(count(number("membershipsImported"), "membership"));
        }
        return counts.toString();
    }

    private void became() {
        if (report.has("problem")) {
            lines.add(report.at("/problem/title").asText() + ": "
                    + report.at("/problem/detail").asText());
        }
        JsonNode shown = report.at("/okta/users");
        if (!shown.isMissingNode()) {
            StringJoiner statuses = new StringJoiner(", ", " (", ")");
            statuses.setEmptyValue("");
            shown.path("byStatus")
                    .properties()
                    .forEach(status -> statuses.add(status.getValue().asInt() + " " + status.getKey()));
            lines.add("Okta shows " + count(shown.path("shown").asInt(), "user") + " of them" + statuses + ".");
        }
    }

    private long number(String name) {
        return report.path(name).asLong();
    }
}
