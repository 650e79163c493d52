package dev.bulkuserimport.okta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.support.Work;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Label("Okta's words")
class OktaWordsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            Api validation failed: profiles                          | Api validation failed: profiles
            Api validation failed: user                              | Api validation failed: user
            email 'isaac@example.com' is not valid                   | email … is not valid
            email isaac@example.com is not valid                     | email … is not valid
            userName: The value "isaac" is not valid                 | userName: The value … is not valid
            costCenter: The value «4711-22» is not valid             | costCenter: The value … is not valid
            lastName: The value Brock is not valid, was Brock        | lastName: The value … is not valid, was …
            user with login isaac.brock already exists               | user with login … already exists
            name 'O'Brien' is too long                               | name … is too long
            name ‘O’Brien’ is too long                               | name … is too long
            it doesn't match the pattern [a-z]+                      | it doesn't match the pattern …
            value “x” and „y“ and `z`                                | value … and … and …
            lastName: The value Grant is not valid                   | lastName: The value … is not valid
            lastName: Long is not a valid value                      | lastName: … is not a valid value
            Page is not a valid last name                            | … is not a valid last name
            user Max An already exists, and another user DAY           | user … already exists, and another user …
            the grant type of the page is too long                   | the grant type of the page is too long
            login: An object with this field already exists          | login: An object with this field already exists
            No active import session. First name is required.        | No active import session. First name is required.
            must be between 1 and 200 characters                     | must be between 1 and 200 characters
            department: The value Support is not valid               | department: The value … is not valid
            department: The value IT is not valid                    | department: The value … is not valid
            department: The value Media is not valid                 | department: The value … is not valid
            department: Support is not valid                         | department: … is not valid
            department: value support is not valid                   | department: value … is not valid
            lastName: The value List is not valid, was List          | lastName: The value … is not valid, was …
            lastName: The value Call is not valid                    | lastName: The value … is not valid
            title: The value Server is not valid                     | title: The value … is not valid
            title: the value Head of Mobile is invalid               | title: the value … of … is invalid
            division: The value Primary Service is not valid         | division: The value … is not valid
            costCenter: The value 4711 is not valid                  | costCenter: The value … is not valid
            costCenter: Value 4711 is not valid                      | costCenter: Value … is not valid
            costCenter: The value of 4711 is not valid               | costCenter: The value of … is not valid
            employeeNumber: The value 42 is not valid                | employeeNumber: The value … is not valid
            employeeNumber: must be a number, was 42                 | employeeNumber: must be a number, was …
            costCenter: 4711 is not valid                            | costCenter: … is not valid
            costCenter: The value is 4711                            | costCenter: The value is …
            employeeNumber: 42 is not an allowed value               | employeeNumber: … is not an allowed value
            employeeNumber: must be a number, received 42            | employeeNumber: must be a number, received …
            department: support is not valid                         | department: … is not valid
            department: primary support is not valid                 | department: … is not valid
            login: base already exists                               | login: … already exists
            value: 4711                                              | value: …
            Brock: is not a valid last name                          | …: is not a valid last name
            E1001: already exists                                    | …: already exists
            e1001: is not valid                                      | …: is not valid
            ibrock: already exists                                   | …: already exists
            van: is not a valid last name                            | …: is not a valid last name
            badgeColor: is not an allowed value                      | badgeColor: is not an allowed value
            cost_unit: must be a number                              | cost_unit: must be a number
            Department: support is not valid                         | …: … is not valid
            Value: support is not valid                              | Value: … is not valid
            externalId: required                                     | externalId: required
            externalId 1001 already exists                           | externalId … already exists
            User 1001 already exists                                 | User … already exists
            must be at least 8 and at most 72 characters             | must be at least 8 and at most 72 characters
            user with login base already exists                      | user with login … already exists
            user with login Base already exists in Media             | user with login … already exists in …
            login must be an email address                           | login must be an email …
            login already exists. The value must not be blank.       | login already exists. The value must not be blank.
            The value is too long                                    | The value is too long
            The value exceeds 50 characters                          | The value exceeds 50 characters
            The value of the property is not a valid value. First name is required. | The value of the property is not a valid value. First name is required.
            The session was not found. It was created before.        | The session was not found. It was created before.
            The Identity Source Session ID is invalid                | The Identity Source Session ID is invalid
            Not found: Resource not found: aps1 (ImportSession)      | Not found: Resource not found: …
            Internal Server Error                                    | Internal Server Error
            The API request body is not valid JSON                   | The API request body is not valid JSON
            entityType must be USERS                                 | entityType must be USERS
            The import session is TRIGGERED, not IN_PROGRESS         | The import session is TRIGGERED, not IN_PROGRESS
            phone 5551234567 is not valid                            | phone … is not valid
            phone +1 555 123 4567 is not valid                       | phone … is not valid
            phone 555 123 4567 is not valid                          | phone … is not valid
            phone (555) 123 4567 is not valid                        | phone … is not valid
            phone 030 (0) 12 34, is not valid                        | phone …, is not valid
            at most 50 requests, 200 users each                      | at most 50 requests, 200 users each
            The limit is 10000                                       | The limit is …
            unclosed 'isaac brock is not valid                       | …
            Only one active import session per identity source is allowed to be created every 5 minutes | Only one active import session per identity source is allowed to be created every 5 minutes
            Resource not found: aps1qqonvr2SZv6o70h8 (ImportSession) | Resource not found: …
            One or more scopes are not configured for the authorization server resource. | One or more scopes are not configured for the authorization server resource.
            The DPoP proof JWT header is missing.                    | The DPoP proof JWT header is missing.
            Ce mot de passe n'est pas valide                         | …
            """)
    @DisplayName("are kept, and what could be a value is cut out")
    void table(String said, String kept) {
        assertThat(OktaWords.withoutValues(said)).isEqualTo(kept);
    }

    @Property
    @Label("never show a value, wherever and however it stands")
    void hidden(@ForAll @StringLength(max = 40) String before, @ForAll @StringLength(max = 40) String after) {
        for (String value : new String[] {"isaac.brock@example.com", "Zaphod", "00123456789", "Müller-Lüdenscheidt"}) {
            for (String said : new String[] {
                before + " " + value + " " + after,
                before + "'" + value + "'" + after,
                before + "\"" + value,
                value + after
            }) {
                assertThat(OktaWords.withoutValues(said)).doesNotContain(value);
            }
        }
    }

    @Test
    @DisplayName("stay short, and cost no time whatever they are")
    void hostile() {
        for (String part : new String[] {"'", "\"", "a", "a ", "… ", "[", "'a", "is ", "\u0000", "\ud800"}) {
            String said = part.repeat(1_000_000);
            String kept = Work.within(100_000_000, () -> OktaWords.withoutValues(said));
            assertThat(kept.length()).isLessThan(520);
        }
    }
}
