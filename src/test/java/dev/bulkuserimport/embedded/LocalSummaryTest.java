package dev.bulkuserimport.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The summary of a local import")
class LocalSummaryTest {

    private static String of(String report) throws JsonProcessingException {
        return String.join("\n", LocalSummary.of("people.csv", new ObjectMapper().readTree(report.replace('\'', '"'))));
    }

    @Test
    @DisplayName("says what was read, left out and why, sent, and what became of it")
    void whole() throws JsonProcessingException {
        assertThat(of("""
                                {'records':12000,'skipped':2,'rejectedCount':3,'recordsImported':11997,'requests':60,
                                'notes':['The separator is ;.'],'sessions':[{},{}],
                                'errorKinds':[{'field':'email','message':'is not an address','count':4,'places':[2,7,9]},
                                {'field':null,'message':'is empty','count':1,'places':[3]}],
                                'okta':{'users':{'shown':11997,'byStatus':{'ACTIVE':11997}}}}""")).isEqualTo("""
                        people.csv: 12,000 records read, 2 skipped by the mapping.
                        The separator is ;.
                        Left out as invalid: 3 records.
                          4 × email is not an address (2, 7, 9, …)
                          1 × record is empty (3)
                        Sent: 11,997 users in 2 sessions, 60 requests.
                        Okta shows 11,997 users of them (11997 ACTIVE).""");
    }

    @Test
    @DisplayName("says why nothing was sent")
    void refused() throws JsonProcessingException {
        assertThat(
                        of(
                                "{'records':1,'recordsImported':0,'problem':{'title':'Invalid users','detail':'Nothing was sent.'}}"))
                .isEqualTo("people.csv: 1 record read.\nInvalid users: Nothing was sent.");
        assertThat(of("{'records':1,'recordsImported':0}")).endsWith("Nothing had to be sent.");
        assertThat(of("{'records':1,'dryRun':true}")).endsWith("this was a preview.");
    }

    @Test
    @DisplayName("counts groups and memberships that were sent, also without a user")
    void groups() throws JsonProcessingException {
        assertThat(
                        of(
                                "{'records':3,'recordsImported':0,'groupsImported':1,'membershipsImported':2,'requests':2,'sessions':[{}]}"))
                .endsWith("Sent: 1 group, 2 memberships in 1 session, 2 requests.");
        assertThat(of("{'records':2,'recordsImported':1,'groupsImported':1,'requests':2,'sessions':[{}]}"))
                .endsWith("Sent: 1 user, 1 group in 1 session, 2 requests.");
    }

    @ParameterizedTest
    @CsvSource({"0, 0 users", "1, 1 user", "2, 2 users", "25000, '25,000 users'"})
    @DisplayName("has nouns that agree with their numbers")
    void agreement(long number, String said) {
        assertThat(LocalSummary.count(number, "user")).isEqualTo(said);
    }
}
