package dev.bulkuserimport.file;

import dev.bulkuserimport.report.FileReport;
import dev.bulkuserimport.report.FileSession;
import dev.bulkuserimport.report.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The progress of a file's import as a log line. */
final class Progress {

    private Progress() {}

    /** The file was read and split into sessions. */
    static String planned(FileReport report) {
        return "planned importId=" + report.importId() + " " + app(report) + " sessions="
                + report.sessions().size() + " users=" + report.users() + " rejected="
                + report.rejections().records();
    }

    /** A session is with Okta. */
    static String of(FileReport report, int number) {
        int sent = report.recordsImported();
        int all = report.users();
        return "session " + number + " of " + report.sessions().size() + ", " + Words.number(sent) + " of "
                + Words.number(all)
                + " users"
                + left(report, sent, all)
                        .map(time -> ", about " + time + " left")
                        .orElse("") + " importId="
                + report.importId() + " " + app(report) + " sessionId="
                + report.session(number).flatMap(FileSession::sessionId).orElse("");
    }

    /** From how long it took until here; nothing after the first session, which says nothing about the pauses between two. */
    private static Optional<String> left(FileReport report, int sent, int all) {
        Optional<Instant> first = report.session(1).flatMap(s -> s.life().createdAt());
        if (first.isEmpty()
                || sent == 0
                || sent >= all
                || report.session(1).orElseThrow().users() >= sent) {
            return Optional.empty();
        }
        int before = report.session(1).orElseThrow().users();
        long seconds =
                Duration.between(first.get(), Instant.now()).toSeconds() * (all - sent) / Math.max(1, sent - before);
        return Optional.of(seconds < 90 ? seconds + " seconds" : (seconds + 30) / 60 + " minutes");
    }

    private static String app(FileReport report) {
        return "applicationId=" + report.application().orElse("");
    }
}
