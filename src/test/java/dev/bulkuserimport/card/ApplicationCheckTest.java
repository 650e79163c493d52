package dev.bulkuserimport.card;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.okta.Answers;
import dev.bulkuserimport.okta.ImportSession;
import dev.bulkuserimport.okta.OktaError;
import dev.bulkuserimport.okta.OktaProblems;
import dev.bulkuserimport.okta.Scope;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A check of an application")
class ApplicationCheckTest {

    private static Probe<?> failed(ProblemType type, int status, Optional<String> code) {
        Problem problem = Problem.of(type, "The detail.")
                .with("oktaStatus", Optional.of(status).filter(any -> any > 0))
                .with("errorCode", code);
        return Probe.of(() -> {
            throw problem.exception();
        });
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                // A key or a token that can't be used, and a secret that can't be read: nothing was sent.
                "OKTA_UNAUTHORIZED|0||null|Okta was not called|false",
                "SECRET_UNAVAILABLE|0||null|Okta was not called|false",
                // A page of a proxy.
                "OKTA_UNAUTHORIZED|403||false|The detail.|null",
                "OKTA_UNAVAILABLE|404||false|The detail.|null",
                "OKTA_UNAVAILABLE|0||false|The detail.|null",
                "OKTA_UNAUTHORIZED|401|E0000011|true|Okta answers.|false",
                "OKTA_UNAUTHORIZED|400|invalid_client|true|Okta answers.|false",
                "OKTA_UNAVAILABLE|429|E0000047|true|Okta answers.|null",
                "OKTA_UNAVAILABLE|500|E0000009|true|Okta answers.|null"
            })
    @DisplayName("says that Okta answers only if Okta itself did")
    void org(ProblemType type, int status, String code, String org, String detail, String credentials) {
        List<Probe<?>> all = List.of(
                failed(type, status, Optional.ofNullable(code)), failed(type, status, Optional.ofNullable(code)));
        ApplicationCheck.Check reached = ApplicationCheck.org(all);
        assertThat(reached.ok().map(String::valueOf).orElse("null")).isEqualTo(org);
        assertThat(reached.detail()).startsWith(detail);
        assertThat(ApplicationCheck.credentials(all).ok().map(String::valueOf).orElse("null"))
                .isEqualTo(credentials);
    }

    @ParameterizedTest
    @CsvSource({"403, E0000143, App instance operation not allowed.", "403, E0000006, The application is not active"})
    @DisplayName("says of an inactive application that it is, and not that a scope is missing")
    void inactive(int status, String code, String summary) {
        Probe<List<ImportSession>> listed = Probe.of(() -> {
            throw OktaProblems.unauthorized(
                            OktaError.of(Answers.error(status, code, summary)),
                            Optional.of(Scope.IDENTITY_SOURCES_READ))
                    .exception();
        });
        ApplicationCheck.Check application = ApplicationCheck.application(
                "0oa1",
                listed,
                Probe.of(() -> {
                    throw OktaProblems.unknownApplication("0oa1").exception();
                }),
                new Probe<>(Optional.empty(), Optional.empty()));
        assertThat(application.ok()).contains(false);
        assertThat(application.detail()).contains("The application is inactive");
        assertThat(ApplicationCheck.scope(Scope.IDENTITY_SOURCES_READ, listed, List.of(listed))
                        .ok())
                .contains(true);
        assertThat(ApplicationCheck.credentials(List.of(listed)).ok()).contains(true);
    }

    @Test
    @DisplayName("names every active session")
    void activeSessions() {
        List<ImportSession> sessions = List.of(
                new ImportSession("aps1", "CREATED", Map.of()),
                new ImportSession("aps2", "COMPLETED", Map.of()),
                new ImportSession("aps3", "TRIGGERED", Map.of()));
        assertThat(ApplicationCheck.activeSession(Probe.of(() -> sessions)).detail())
                .contains("aps1 is CREATED: a payload may name it", "aps3 is TRIGGERED: Okta is processing it")
                .doesNotContain("aps2");
        assertThat(ApplicationCheck.activeSession(Probe.of(List::of)).detail()).startsWith("None");
    }
}
