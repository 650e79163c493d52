package dev.bulkuserimport.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.plan.LateFault;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Logins that would pass from one person to another")
class LoginConflictsTest {

    private final HashKey key = HashKey.generate();
    private final People people = new People();

    @BeforeEach
    void known() {
        for (String person : List.of("anna", "bert", "carl", "dora")) {
            people.addShown(person, profile(person));
        }
    }

    private ProfileHash profile(String login) {
        ProfileHash profile = new ProfileHash(key);
        profile.begin();
        profile.property(0, "userName", login.toCharArray(), 0, login.length());
        return profile;
    }

    private long login(String of) {
        return profile(of).login();
    }

    @Test
    @DisplayName(
            "are faults of who takes one, and of the leaver who has it, but not of a row that is skipped or of another leaver")
    void rows() {
        LoginConflicts conflicts = new LoginConflicts(people);
        conflicts.aside(people.find("anna"), true, 0, 2);
        conflicts.given("new-1", People.NO_PERSON, login("anna"), 1, 3);
        conflicts.aside(people.find("bert"), false, 2, 4);
        conflicts.given("new-2", People.NO_PERSON, login("bert"), 3, 5);
        conflicts.aside(people.find("carl"), true, 4, 6);
        assertThat(lines(conflicts)).containsExactly(2L, 3L, 5L);
    }

    @Test
    @DisplayName("are none where the owner gets another one, keeps it, or a record has no login")
    void free() {
        LoginConflicts conflicts = new LoginConflicts(people);
        conflicts.given("anna", people.find("anna"), login("elsewhere"), 0, 2);
        conflicts.given("new-1", People.NO_PERSON, login("anna"), 1, 3);
        conflicts.given("bert", people.find("bert"), login("bert"), 2, 4);
        conflicts.given("carl", people.find("carl"), 0, 3, 5);
        assertThat(lines(conflicts)).isEmpty();
    }

    @Test
    @DisplayName("are faults of all who swap theirs in a circle")
    void circle() {
        LoginConflicts conflicts = new LoginConflicts(people);
        conflicts.given("anna", people.find("anna"), login("bert"), 0, 2);
        conflicts.given("bert", people.find("bert"), login("carl"), 1, 3);
        conflicts.given("carl", people.find("carl"), login("anna"), 2, 4);
        conflicts.given("dora", people.find("dora"), login("elsewhere"), 3, 5);
        assertThat(lines(conflicts)).containsExactly(2L, 3L, 4L);
    }

    @Test
    @DisplayName("are faults of a whole chain if records are left out, otherwise only of the one at its end")
    void chain() {
        LoginConflicts conflicts = new LoginConflicts(people);
        conflicts.given("new-1", People.NO_PERSON, login("anna"), 0, 2);
        conflicts.given("anna", people.find("anna"), login("bert"), 1, 3);
        conflicts.given("bert", people.find("bert"), login("carl"), 2, 4);
        conflicts.given("dora", people.find("dora"), login("elsewhere"), 3, 5);
        conflicts.given("new-2", People.NO_PERSON, login("dora"), 4, 6);
        assertThat(lines(conflicts)).containsExactly(4L);
        assertThat(lines(conflicts.faultsIfLeftOut())).containsExactly(2L, 3L, 4L);
        assertThat(conflicts.faultsIfLeftOut()).element(0).satisfies(fault -> assertThat(
                        fault.fault().message())
                .contains("belongs to anna (line 3), who keeps it because that row is rejected"));
    }

    private static List<Long> lines(LoginConflicts conflicts) {
        return lines(conflicts.faults());
    }

    private static List<Long> lines(Iterable<LateFault> faults) {
        List<Long> lines = new ArrayList<>();
        for (LateFault fault : faults) {
            lines.add(fault.line());
        }
        return lines;
    }
}
