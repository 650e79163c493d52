package dev.bulkuserimport.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A placeholder for a missing value")
class PlaceholderTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NULL",
                "n/a",
                "\\N",
                "[object Object]",
                "System.Object[]",
                "System.String[]",
                "System.Collections.Hashtable",
                "System.Collections.Generic.List`1[System.String]",
                "System.Collections.ObjectModel.ReadOnlyCollection`1[System.String]",
                "System.Management.Automation.PSObject",
                "Microsoft.ActiveDirectory.Management.ADPropertyValueCollection",
                "Microsoft.ActiveDirectory.Management.ADGroup[]",
                "Microsoft.Graph.PowerShell.Models.MicrosoftGraphDirectoryObject",
                "Selected.Microsoft.ActiveDirectory.Management.ADPropertyValueCollection",
                "Selected.System.Management.Automation.PSCustomObject",
                "Deserialized.Microsoft.ActiveDirectory.Management.ADUser"
            })
    @DisplayName("is a word of a database or a language, or the name of a type, in any case")
    void placeholders(String text) {
        assertThat(Placeholder.isOne(text)).isTrue();
        assertThat(Placeholder.isOne(text.toLowerCase(Locale.ROOT))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "S",
                "Sales",
                "System.",
                "System.Administrators",
                "System.IT",
                "Microsoft.Admins",
                "Microsoft.365.Licensed",
                "Selected.Users",
                "Selected.Collection",
                "Microsoft Collection",
                "My.System.Object[]"
            })
    @DisplayName("is no group's own name")
    void names(String text) {
        assertThat(Placeholder.isOne(text)).isFalse();
    }
}
