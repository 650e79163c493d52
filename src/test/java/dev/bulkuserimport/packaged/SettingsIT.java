package dev.bulkuserimport.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.embedded.FunctionProcess;
import dev.bulkuserimport.support.Eventually;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@OnTheStand
@DisplayName("function.zip, with a setting that is wrong or missing,")
class SettingsIT {

    private final TestStand stand;

    SettingsIT(TestStand stand) {
        this.stand = stand;
    }

    @ParameterizedTest
    @CsvSource({
        "OKTA_CLIENT_ORGURL, OKTA_CLIENT_ORGURL, http://example.okta.com",
        "OKTA_CLIENT_TOKEN, OKTA_CLIENT_TOKEN, ''",
        "IMPORT_PARALLEL_REQUESTS, IMPORT_PARALLEL_REQUESTS, 11",
        "IMPORT_INVALID_USERS, IMPORT_INVALID_USERS, perhaps",
        "IMPORT_STACK, IMPORT_STACK, ''",
        "OKTA_CLIENT_CLIENTID, OKTA_CLIENT_AUTHORIZATIONMODE, PrivateKey"
    })
    @DisplayName("does not start, and names it, in Lambda's init error too")
    void settings(String named, String setting, String value) {
        try (FunctionProcess function = stand.begin(Map.of(setting, value))) {
            Eventually.assertThat(
                    () -> !function.isAlive() || function.printed().contains(named));
            assertThat(function.printed()).contains(named);
            assertThat(function.api().initError()).contains(named, "InvalidSettingException");
        }
    }
}
