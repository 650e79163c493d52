package dev.bulkuserimport.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sessions on a timeline, one below the other. */
final class TimeLine {

    /** With more sessions than this, only the table lists them. */
    private static final int MOST_DRAWN = 40;

    private static final double LEAST = 1.0;

    private TimeLine() {}

    /** The sessions for the template; drawn only if their times are known. */
    static Map<String, Object> model(ReportView view) {
        List<Map<String, Object>> rows = new ArrayList<>();
        Optional<Instant> from = view.sessions().stream()
                .flatMap(session -> session.life().createdAt().stream())
                .min(Instant::compareTo);
        Instant last = view.sessions().stream()
                .flatMap(session -> ended(session.life()).stream())
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
        Instant until = view.finishedAt().filter(last::isBefore).orElse(last);
        for (FileSession session : view.sessions()) {
            rows.add(row(session, from, until));
        }
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("rows", rows);
        model.put("drawn", from.isPresent() && rows.size() <= MOST_DRAWN);
        model.put("from", from.map(Words::moment).orElse(""));
        model.put("until", from.isPresent() ? Words.moment(until) : "");
        model.put(
                "lasted",
                from.map(start -> Words.lasted(Duration.between(start, until))).orElse(""));
        return model;
    }

    private static Map<String, Object> row(FileSession session, Optional<Instant> from, Instant until) {
        SessionLife life = session.life();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("number", Words.number(session.number()));
        row.put("id", session.sessionId().orElse("–"));
        row.put("status", life.status().map(TimeLine::inWords).orElse("not started"));
        row.put("kind", life.status().map(TimeLine::kind).orElse("unsent"));
        row.put("holds", Words.list(session.content()));
        row.put("requests", Words.count(session.requests(), "request"));
        row.put("started", life.createdAt().map(Words::moment).orElse("–"));
        row.put("finished", life.finishedAt().map(Words::moment).orElse("–"));
        double whole = from.map(
                        start -> Math.max(1.0, Duration.between(start, until).toMillis()))
                .orElse(1.0);
        double x = offset(life.createdAt(), from, whole);
        double end = life.finishedAt().isPresent() ? offset(life.finishedAt(), from, whole) : 100;
        x = Math.min(x, 100 - LEAST);
        row.put("begun", life.createdAt().isPresent());
        row.put("x", StackedBar.percent(x));
        row.put("width", StackedBar.percent(Math.max(LEAST, end - x)));
        return row;
    }

    private static Optional<Instant> ended(SessionLife life) {
        return life.finishedAt().or(life::createdAt);
    }

    private static double offset(Optional<Instant> at, Optional<Instant> from, double whole) {
        return at.isEmpty() || from.isEmpty()
                ? 0
                : 100.0 * Duration.between(from.get(), at.get()).toMillis() / whole;
    }

    /** Okta's status, and its meaning. */
    private static String inWords(String status) {
        return switch (status) {
            case "CREATED" -> "CREATED (empty)";
            case "IN_PROGRESS" -> "IN_PROGRESS (loaded, not started)";
            case "TRIGGERED" -> "TRIGGERED (Okta is processing it)";
            case "COMPLETED" -> "COMPLETED (Okta has finished)";
            case "CLOSED" -> "CLOSED (cancelled, nothing was imported)";
            case "ERROR" -> "ERROR (Okta could not complete it)";
            case "EXPIRED" -> "EXPIRED (Okta discarded it)";
            default -> status;
        };
    }

    private static String kind(String status) {
        return switch (status) {
            case "COMPLETED" -> "in";
            case "ERROR", "EXPIRED" -> "refused";
            case "CLOSED" -> "unsent";
            default -> "unknown";
        };
    }
}
