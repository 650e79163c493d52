package dev.bulkuserimport.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A report's document, read for its page,")
class ReportDocumentTest {

    private static final String KEY = "reports/imports/0oa1/snapshot/people.csv.v1.json";

    private static ReportView view(String json) {
        return ReportDocument.view(json.getBytes(StandardCharsets.UTF_8), "hr", KEY, KEY.replace(".json", ".html"));
    }

    @Test
    @DisplayName("has everything that the page tells")
    void whole() {
        ReportView view = view("""
                {"reportVersion":2,"state":"FAILED","source":{"bucket":"hr","key":"imports/0oa1/snapshot/people.csv"},
                 "startedAt":"2026-11-25T02:14:07Z","finishedAt":"2026-11-25T02:15:07Z","attempts":2,
                 "applicationId":"0oa1","importOperation":"SNAPSHOT","records":500,"skipped":3,"recordsImported":400,"rejectedCount":2,
                 "new":10,"changed":20,"changedByProperty":{"title":20},"unchanged":470,"gone":4,"goneIds":["E-9"],"peopleBefore":494,
                 "sessions":[{"number":1,"sessionId":"aps1","status":"ERROR","users":400,"deactivations":4,"requests":2,
                   "recordsImported":400,"startedAt":"2026-11-25T02:14:08Z","finishedAt":"2026-11-25T02:15:00Z"},
                  {"number":2,"users":96,"requests":1}],
                 "problem":{"type":"urn:bulk-user-import:problem:okta-rejected","title":"Okta refuses a request","detail":"It ended.",
                   "notImported":[{"firstIndex":402,"lastIndex":1500,"count":96,"outcome":"not-sent"}]},
                 "errorKinds":[{"field":"email","message":"is wrong","count":2,"places":[7,8]}],
                 "rejected":[{"index":5,"line":7,"externalId":"E-5","field":"email","message":"is wrong"},
                   {"index":6,"line":8,"externalId":null,"field":null,"message":"is wrong"}],
                 "okta":{"sessions":[],"users":{"byStatus":{"ACTIVE":390},"notSeenYet":10},"deactivations":{"byStatus":{"ACTIVE":1},"notShown":3},"usersCheckedBecause":"No time."},
                 "notes":["A note."],"trimmedCells":1200,"ignoredColumns":["Office","Desk"],"columnsChecked":false,"columnsCheckedBecause":"no scope","rejectedRows":"reports/imports/0oa1/snapshot/people.csv.v1.rejected.csv"}
                """);
        assertThat(view.file()).isEqualTo("people.csv");
        assertThat(view.attempts()).isEqualTo(2);
        assertThat(view.counts()).isEqualTo(new ReportView.Counts(500, 400, 2, 3, 4));
        assertThat(view.changes().orElseThrow().changedBy()).containsOnly(entry("title", 20));
        assertThat(view.changes().orElseThrow().known()).contains(494);
        assertThat(view.sessions())
                .extracting(ReportView.Session::status)
                .containsExactly(Optional.of("ERROR"), Optional.empty());
        assertThat(view.errorKinds().get(0).places()).containsExactly("line 7", "line 8");
        assertThat(view.rejected()).extracting(ReportView.Rejected::place).containsExactly("line 7", "line 8");
        assertThat(view.notImported().get(0).places()).isEqualTo("lines 402 to 1,500");
        assertThat(view.okta().orElseThrow().partial()).contains("No time.");
        assertThat(view.okta().orElseThrow().users().missing()).isEqualTo(10);
        assertThat(Verdict.stillThere(view)).isEqualTo(1);
        assertThat(Verdict.notShown(view)).isZero();
        assertThat(view.place()).contains("s3://hr/imports/0oa1/snapshot/people.csv");
        assertThat(view.notes())
                .containsExactly(
                        "A note.",
                        "The columns were not held against the application's schema: no scope",
                        "White space or invisible characters were taken off the edges of 1,200 cells.",
                        "2 columns were not sent, because the mapping does not name them: Office, Desk");
        assertThat(view.links().source()).contains("../../../../imports/0oa1/snapshot/people.csv");
        assertThat(view.links().rejectedRows()).contains("./people.csv.v1.rejected.csv");
        assertThat(Verdict.of(view)).isEqualTo(Verdict.ENDED_BY_OKTA);
    }

    @Test
    @DisplayName("may be one of version 1")
    void versionOne() {
        ReportView view = view("""
                {"state":"COMPLETED","source":{"bucket":"other","key":"imports/0oa1/create-and-update/people.json","versionId":null,"eTag":"e"},
                 "startedAt":"2026-11-24T02:14:07.1Z","expiresAt":"2026-11-24T02:16:07Z","applicationId":"0oa1","sessionId":"aps1","managedSession":true,
                 "importOperation":"CREATE_AND_UPDATE","records":3,"requests":1,"answer":{"recordsImported":2},"recordsImported":2,
                 "finishedAt":"2026-11-24T02:14:09Z","rejected":[{"index":1,"externalId":"E","field":"email","message":"is wrong"}]}
                """);
        assertThat(view.counts()).isEqualTo(new ReportView.Counts(3, 2, 1, 0, 0));
        assertThat(view.rejected().get(0).place()).isEqualTo("user 1");
        assertThat(view.links().source()).isEmpty();
        assertThat(Verdict.of(view)).isEqualTo(Verdict.PARTLY_IN);
        assertThat(new String(ReportPage.of(view), StandardCharsets.UTF_8)).contains("In, but not everybody");
    }

    @Test
    @DisplayName("is guarded by what stopped it")
    void guards() {
        String problem =
                "{\"state\":\"FAILED\",\"problem\":{\"type\":\"urn:bulk-user-import:problem:deactivation-limit-exceeded\",%s\"detail\":\"x\"}}";
        assertThat(view(problem.replace("%s", "")).problem().orElseThrow().guard())
                .contains(ReportView.Guard.DEACTIVATIONS);
        ReportView changes = view(problem.replace("%s", "\"maxChanges\":5,"));
        assertThat(changes.problem().orElseThrow().guard()).contains(ReportView.Guard.CHANGES);
        assertThat(Advice.of(changes, Verdict.of(changes))).anyMatch(step -> step.contains("max-changes"));
    }

    @ParameterizedTest
    @CsvSource({
        "CLAIMED,AT_WORK",
        "IMPORTING,AT_WORK",
        "STARTING,AT_WORK",
        "PLANNED,AT_WORK",
        "RETRY,COMES_AGAIN",
        "SUPERSEDED,SUPERSEDED",
        "FAILED,REFUSED",
        "COMPLETED,NOTHING_TO_SEND"
    })
    @DisplayName("in every state has a page, however little it says")
    void states(String state, Verdict verdict) {
        ReportView view = view("{\"state\":\"" + state + "\"}");
        assertThat(Verdict.of(view)).isEqualTo(verdict);
        assertThat(new String(ReportPage.of(view), StandardCharsets.UTF_8)).contains(verdict.label());
    }

    @Test
    @DisplayName("is a JSON object")
    void noReport() {
        assertThatThrownBy(() -> view("[]")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> view("{")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "reports/a/b.html,reports/a/b.json,./b.json",
        "reports/a/b.html,a/b.csv,../../a/b.csv",
        "reports/x.html,'imports/ä b&c\"<.csv',../imports/%C3%A4%20b%26c%22%3C.csv",
        "r.html,javascript:alert(1),./javascript%3Aalert%281%29"
    })
    @DisplayName("links to what stands beside it by relative names")
    void links(String from, String to, String link) {
        assertThat(RelativeLink.between(from, to)).isEqualTo(link);
    }
}
