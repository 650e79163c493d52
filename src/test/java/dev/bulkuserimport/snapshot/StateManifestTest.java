package dev.bulkuserimport.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkuserimport.plan.SourceShape;
import dev.bulkuserimport.snapshot.StateManifest.End;
import dev.bulkuserimport.snapshot.StateManifest.LastSnapshot;
import dev.bulkuserimport.snapshot.StateManifest.Origin;
import dev.bulkuserimport.snapshot.StateManifest.SessionChanges;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What a state consists of")
class StateManifestTest {

    private final HashKey key = HashKey.generate();

    private static SessionChanges session(int number, String sessionId) {
        return new SessionChanges("import", number, sessionId, "state/app.hash." + number, End.OPEN);
    }

    @Test
    @DisplayName("is read as it was written")
    void readBack() throws IOException {
        LastSnapshot last = new LastSnapshot(
                new Origin(Instant.parse("2026-11-29T22:00:00Z"), "00A1"),
                new SourceShape(
                        List.of("externalId", "userName"),
                        List.of(new SourceShape.RuleUse("deactivate", "Status", "9f", 60))));
        StateManifest written = StateManifest.empty("0oa1", key)
                .started(session(1, "aps1"), List.of("userName"), Optional.of(last))
                .started(session(2, "aps2"), List.of("userName", "department"), Optional.of(last))
                .ended("import", 1, End.IN_DOUBT)
                .showing(1);
        assertThat(ManifestForm.read(ManifestForm.json(written))).isEqualTo(written);
    }

    @Test
    @DisplayName("is bound to its application; one of version 2.0.0 is so from its next change on")
    void bound() throws IOException {
        StateManifest state = StateManifest.empty("0oa1", key);
        assertThat(state.belongsTo("0oa1", key)).isTrue();
        assertThat(state.belongsTo("0oa2", key)).isFalse();
        assertThat(state.belongsTo("0oa1", HashKey.generate())).isFalse();

        StateManifest old = ManifestForm.read(
                json("{'version':1,'key':'k','properties':['userName'],'base':'state/0oa1.x.base','newest':"
                        + "{'time':'2026-11-29T22:00:00Z','sequencer':''},'sessions':[{'importId':'i','number':1,"
                        + "'sessionId':'aps1','changes':'state/0oa1.y.1','finished':true}]}"));
        assertThat(old.sessions().get(0).end()).isEqualTo(End.COMPLETED);
        assertThat(old.belongsTo("0oa1", key)).isTrue();
        StateManifest now = ManifestForm.read(ManifestForm.json(old.boundTo("0oa1", key)));
        assertThat(now.belongsTo("0oa2", key)).isFalse();
    }

    @Test
    @DisplayName(
            "keeps a session's changes when it completes, takes them back when it expires, and doubts them after an error")
    void ends() {
        StateManifest started = StateManifest.empty("0oa1", key)
                .started(session(1, "aps1"), List.of(), Optional.empty())
                .started(session(2, "aps2"), List.of(), Optional.empty());
        assertThat(started.takenBack("import", 1).sessions())
                .extracting(SessionChanges::number)
                .containsExactly(2);
        StateManifest doubtful = started.ended("import", 1, End.IN_DOUBT);
        assertThat(doubtful.settled()).extracting(SessionChanges::end).containsExactly(End.IN_DOUBT);
        StateManifest sentAgain = doubtful.started(session(1, "aps9"), List.of(), Optional.empty());
        assertThat(sentAgain.sessions())
                .as("the doubt stays until the other one has completed")
                .extracting(SessionChanges::sessionId)
                .containsExactly("aps1", "aps2", "aps9");
        assertThat(sentAgain.takenBack("import", 1).sessions())
                .extracting(SessionChanges::sessionId)
                .containsExactly("aps1", "aps2");
        assertThat(sentAgain.ended("import", 1, End.COMPLETED).unfinished())
                .extracting(SessionChanges::sessionId)
                .containsExactly("aps2");
    }

    @Test
    @DisplayName("no longer doubts a session that was given up, and that Okta has completed after all")
    void confirmed() {
        StateManifest doubtful = StateManifest.empty("0oa1", key)
                .started(session(1, "aps1"), List.of("userName"), Optional.of(snapshot(29)))
                .ended("import", 1, End.IN_DOUBT)
                .started(session(1, "aps2"), List.of("userName"), Optional.of(snapshot(29)));
        assertThat(confirmed(doubtful, "aps1", "userName", 29)).containsExactly(End.COMPLETED, End.OPEN);
        assertThat(confirmed(doubtful, "aps9", "userName", 29)).containsExactly(End.IN_DOUBT, End.OPEN);
        assertThat(confirmed(doubtful, "aps1", "title", 29))
                .as("its property numbers mean something else")
                .containsExactly(End.IN_DOUBT, End.OPEN);
        assertThat(confirmed(doubtful, "aps1", "userName", 28))
                .as("a newer snapshot has come")
                .containsExactly(End.IN_DOUBT, End.OPEN);
    }

    private static List<End> confirmed(StateManifest state, String sessionId, String name, int day) {
        return state.confirmed("import", 1, sessionId, List.of(name), Optional.of(snapshot(day))).sessions().stream()
                .map(SessionChanges::end)
                .toList();
    }

    @Test
    @DisplayName("can be merged up to the sessions of an import that Okta may still confirm")
    void settledBefore() {
        SessionChanges other = new SessionChanges("other", 1, "aps0", "state/app.other.1", End.IN_DOUBT);
        StateManifest state = StateManifest.empty("0oa1", key)
                .started(other, List.of(), Optional.empty())
                .with(List.of(other, session(1, "aps1"), other))
                .ended("import", 1, End.IN_DOUBT);
        assertThat(state.settled()).hasSize(3);
        assertThat(state.settledBefore("import")).containsExactly(other);
        assertThat(state.hasPart("import", 1)).isTrue();
        assertThat(state.hasPart("import", 2)).isFalse();
        assertThat(state.hasPart("another", 1)).isFalse();
    }

    @Test
    @DisplayName("doubts a session that is recorded after a newer snapshot's, and learns nothing of who wasn't sent")
    void late() {
        StateManifest newer = StateManifest.empty("0oa1", key)
                .started(session(7, "aps7"), List.of(), Optional.of(snapshot(30)))
                .ended("import", 7, End.COMPLETED);
        assertThat(ends(newer, Optional.of(snapshot(31)), List.of()))
                .as("a newer one")
                .containsExactly(End.COMPLETED, End.COMPLETED, End.OPEN);
        assertThat(ends(newer, Optional.empty(), List.of()))
                .as("no snapshot")
                .containsExactly(End.COMPLETED, End.COMPLETED, End.OPEN);
        assertThat(ends(newer, Optional.of(snapshot(29)), List.of()))
                .as("an older one")
                .containsExactly(End.COMPLETED, End.IN_DOUBT);
    }

    @Test
    @DisplayName("doubts a session whose property numbers mean something else")
    void otherNames() {
        StateManifest rebuilt = StateManifest.empty("0oa1", key).naming(List.of("userName", "email"));
        List<String> more = List.of("userName", "email", "title");
        assertThat(ends(rebuilt, Optional.empty(), more)).containsExactly(End.COMPLETED, End.OPEN);
        List<String> others = List.of("userName", "title", "email");
        assertThat(ends(rebuilt, Optional.empty(), others)).containsExactly(End.IN_DOUBT);
        StateManifest after = rebuilt.started(session(1, "aps1"), others, Optional.empty());
        assertThat(after.properties()).containsExactly("userName", "email");
        assertThat(after.started(session(1, "aps1"), others, Optional.empty())).isEqualTo(after);
        assertThat(after.takenBack("import", 1)).isEqualTo(after);
    }

    /** The ends of all parts after those of who wasn't sent and of one session were added. */
    private static List<End> ends(StateManifest state, Optional<LastSnapshot> snapshot, List<String> names) {
        SessionChanges unsent = new SessionChanges("import", 0, "", "state/app.hash.0", End.COMPLETED);
        return state.started(unsent, names, snapshot).started(session(1, "aps1"), names, snapshot).sessions().stream()
                .map(SessionChanges::end)
                .toList();
    }

    private static LastSnapshot snapshot(int day) {
        return new LastSnapshot(
                new Origin(Instant.parse("2026-11-29T22:00:00Z").plus(Duration.ofDays(day - 29)), ""),
                SourceShape.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{'version':2,'key':'k','properties':[],'base':null,'sessions':[]}",
                "{'version':1,'key':'k','properties':[],'base':null}",
                "{'version':1,'key':'k','properties':[],'sessions':[]}",
                "{'version':1,'key':'k','properties':[],'base':7,'sessions':[]}",
                "{'version':1,'key':'k','properties':{},'base':null,'sessions':[]}",
                "{'version':1,'properties':[],'base':null,'sessions':[]}",
                "{'version':1,'key':'k','properties':[],'base':null,'sessions':[{'number':1}]}",
                "{'version':3,'key':'k','properties':[],'base':null,'sessions':[]}",
                "{'version':1,'key':'k','properties':[],'base':null,'sessions':[],'newest':{'time':'yesterday'}}",
            })
    @DisplayName("is nothing smaller where it is damaged, but refused")
    void damaged(String text) {
        assertThatThrownBy(() -> ManifestForm.read(json(text))).isInstanceOf(IOException.class);
    }

    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
