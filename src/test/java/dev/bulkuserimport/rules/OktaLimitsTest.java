package dev.bulkuserimport.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What Okta accepts, up to the limit and not beyond:")
class OktaLimitsTest {

    @ParameterizedTest
    @CsvSource({
        "200, 200",
        "200.1,",
        "201,",
        "199.1, 200",
        "1.1, 2",
        "1, 1",
        "0.1, 1",
        "1e-999999999, 1",
        "0,",
        "-1,",
        "1e999999999,"
    })
    @DisplayName("users per page")
    void usersPerPage(BigDecimal number, Integer size) {
        assertThat(UsersPerPage.of(number)).isEqualTo(size == null ? OptionalInt.empty() : OptionalInt.of(size));
    }

    @Test
    @DisplayName("IDs that become part of a path")
    void oktaId() {
        assertThat(OktaId.isValid("0oa1-_Z9")).isTrue();
        assertThat(OktaId.isValid("a".repeat(100))).isTrue();
        assertThat(OktaId.isValid("a".repeat(101))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../0oa", "0oa/x", "0oa?x", "0oa%2F", "0oa\n", "0oä"})
    @DisplayName("IDs that would become another path are none")
    void noOktaId(String id) {
        assertThat(OktaId.isValid(id)).isFalse();
    }

    @Test
    @DisplayName("external IDs, counted in characters")
    void externalId() {
        assertThat(fault("x".repeat(512))).isEmpty();
        assertThat(fault("x".repeat(513))).contains("has 513 characters; Okta accepts at most 512");
        assertThat(fault("\uD83D\uDE00".repeat(512))).isEmpty();
        assertThat(fault("\uD83D\uDE00".repeat(513))).contains("has 513 characters; Okta accepts at most 512");
        assertThat(fault(" \t")).contains("is blank");
        assertThat(fault("a\u0000b")).as("a control character").isPresent();
    }

    private static Optional<String> fault(String id) {
        return ExternalId.fault(id.toCharArray(), 0, id.length()).map(Fault::message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", "a\u0085b", "a\u2028b", "a\u2029b"})
    @DisplayName("external IDs that don't fit on one line aren't shown")
    void printable(String id) {
        assertThat(ExternalId.isPrintable(id)).isFalse();
        assertThat(ExternalId.isPrintable("a b")).isTrue();
    }

    @Test
    @DisplayName("names and descriptions of groups")
    void groups() {
        assertThat(groupFaults(group("x", ""))).isEmpty();
        assertThat(groupFaults(group("x".repeat(255), "x".repeat(1024)))).isEmpty();
        assertThat(groupFaults(group("x".repeat(256), "x".repeat(1025)))).containsOnly("displayName", "description");
        assertThat(groupFaults(group("", "x"))).containsOnly("displayName");
        assertThat(groupFaults(group("  ", "  "))).containsOnly("displayName");
        assertThat(groupFaults(Map.of("description", Optional.empty()))).containsOnly("displayName");
        assertThat(groupFaults(Map.of("displayName", Optional.empty()))).containsOnly("displayName");
        assertThat(groupFaults(Map.of("displayName", Optional.of("x"), "email", Optional.of("x"))))
                .containsOnly("profile");
    }

    @Test
    @DisplayName("names and descriptions of groups, in words")
    void groupWords() {
        assertThat(words(group("x".repeat(256), "x".repeat(1025))))
                .containsExactly(
                        "has 256 characters; Okta accepts 1 to 255", "has 1025 characters; Okta accepts at most 1024");
        assertThat(words(Map.of("displayName", Optional.empty()))).containsExactly("can't be null");
        assertThat(words(Map.of())).containsExactly("is missing; a group must have a name");
        assertThat(words(group("a\u0000b", "c"))).as("a control character").hasSize(1);
    }

    private static List<String> words(Map<String, Optional<String>> profile) {
        return GroupProperty.faults(profile).values().stream()
                .map(Fault::message)
                .toList();
    }

    private static Map<String, Optional<String>> group(String name, String description) {
        return Map.of("displayName", Optional.of(name), "description", Optional.of(description));
    }

    private static Set<String> groupFaults(Map<String, Optional<String>> profile) {
        return GroupProperty.faults(profile).keySet();
    }
}
