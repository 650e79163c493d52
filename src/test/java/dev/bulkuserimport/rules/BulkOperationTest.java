package dev.bulkuserimport.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A bulk operation")
class BulkOperationTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPSERT_USERS | USERS | bulk-upsert | {\"entityType\":\"USERS\",\"profiles\":[x]}",
                "DELETE_USERS | USERS | bulk-delete | {\"entityType\":\"USERS\",\"profiles\":[x]}",
                "UPSERT_GROUPS | GROUPS | bulk-groups-upsert | {\"profiles\":[x]}",
                "DELETE_GROUPS | GROUPS | bulk-groups-delete | {\"externalIds\":[x]}",
                "UPSERT_MEMBERSHIPS | MEMBERSHIPS | bulk-group-memberships-upsert | {\"memberships\":[x]}",
                "DELETE_MEMBERSHIPS | MEMBERSHIPS | bulk-group-memberships-delete | {\"memberships\":[x]}"
            })
    @DisplayName("answers for its endpoint and its body, as Okta's reference has them")
    void form(BulkOperation operation, BulkOperation.Kind kind, String path, String body) {
        assertThat(operation.kind()).isEqualTo(kind);
        assertThat(operation.path()).isEqualTo(path);
        assertThat(text(operation.envelopeStart()) + "x" + text(operation.envelopeEnd()))
                .isEqualTo(body);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("takes 200 items and 200 KB a request, its envelope included")
    void limits(BulkOperation operation) {
        assertThat(operation.mostItems()).isEqualTo(200);
        assertThat(operation.envelopeStart().length + operation.mostItemBytes() + operation.envelopeEnd().length)
                .isEqualTo(200_000);
    }

    @Test
    @DisplayName("has its turn: people, then groups, then memberships; the other way round where all are removed")
    void order() {
        assertThat(BulkOperation.order(ImportOperation.CREATE_AND_UPDATE))
                .containsExactly(
                        BulkOperation.UPSERT_USERS,
                        BulkOperation.DELETE_USERS,
                        BulkOperation.UPSERT_GROUPS,
                        BulkOperation.UPSERT_MEMBERSHIPS,
                        BulkOperation.DELETE_MEMBERSHIPS,
                        BulkOperation.DELETE_GROUPS);
        assertThat(BulkOperation.order(ImportOperation.DEACTIVATE_AND_DELETE))
                .containsExactly(
                        BulkOperation.DELETE_MEMBERSHIPS, BulkOperation.DELETE_GROUPS, BulkOperation.DELETE_USERS);
        assertThat(BulkOperation.order(ImportOperation.SNAPSHOT))
                .containsExactlyElementsOf(EnumSet.allOf(BulkOperation.class));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
