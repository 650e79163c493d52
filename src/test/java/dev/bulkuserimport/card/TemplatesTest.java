package dev.bulkuserimport.card;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TemplatesTest {

    @Test
    void noNameOfAPropertyRunsInASpreadsheet() {
        assertThat(Templates.cell("userName")).isEqualTo("userName");
        assertThat(Templates.cell("=cmd")).isEqualTo("'=cmd");
        assertThat(Templates.cell("a;=cmd")).isEqualTo("\"'a;'=cmd\"");
        assertThat(Templates.cell("a,b")).isEqualTo("\"a,b\"");
    }
}
