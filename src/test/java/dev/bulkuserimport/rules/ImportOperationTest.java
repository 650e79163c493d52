package dev.bulkuserimport.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("An import operation")
class ImportOperationTest {

    @ParameterizedTest
    @CsvSource({
        "CREATE_AND_UPDATE, CREATE_AND_UPDATE",
        "create & update, CREATE_AND_UPDATE",
        "create-and-update, CREATE_AND_UPDATE",
        "upsert, CREATE_AND_UPDATE",
        "Upsert, CREATE_AND_UPDATE",
        "delete, DEACTIVATE_AND_DELETE",
        "DELETE, DEACTIVATE_AND_DELETE",
        "Deactivate & Delete, DEACTIVATE_AND_DELETE",
        "snapshot, SNAPSHOT",
        "destroy,"
    })
    @DisplayName("is named by the card's label or its value, by its own name or by a folder's, in any case")
    void names(String text, ImportOperation operation) {
        assertThat(ImportOperation.parse(text).orElse(null)).isEqualTo(operation);
    }
}
