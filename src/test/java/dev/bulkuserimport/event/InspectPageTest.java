package dev.bulkuserimport.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.config.GivenSettings;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The page for a file of one's own")
class InspectPageTest {

    @Test
    @DisplayName("is one document that runs its own script alone, and calls nothing but the function")
    void document() {
        HttpAnswer answer = new InspectPage(GivenSettings.with("IMPORT_PAGE", "true")).answer();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().get("Content-Type")).startsWith("text/html");
        assertThat(answer.headers().get("Content-Security-Policy"))
                .startsWith("default-src 'none'; style-src 'sha256-")
                .contains("connect-src 'self'", "form-action 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "http");
        assertThat(answer.body())
                .contains("<script>'use strict';", "data-signed=\"false\"")
                .doesNotContain(
                        "{style}", "{script}", "{signed}", "http://", "https://", "onclick", "style=", "innerHTML");
        assertThat(answer.body().split("<script", -1)).hasSize(2);
    }

    @Test
    @DisplayName("says that it can't be used where callers must sign")
    void signed() {
        InspectPage page = new InspectPage(GivenSettings.with(
                "IMPORT_PAGE", "TRUE", "IMPORT_WEBHOOK_SIGNING_KEY", "a-signing-key-of-32-characters!!"));
        assertThat(page.answer().body()).contains("data-signed=\"true\"");
    }
}
