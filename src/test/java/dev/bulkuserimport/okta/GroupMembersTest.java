package dev.bulkuserimport.okta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.config.GivenSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A group's members in Okta")
class GroupMembersTest {

    private final Deque<OktaReply.Answered> answers = new ArrayDeque<>();

    private final OktaExchange okta = new OktaExchange(new OktaConnection(GivenSettings.with(), null), null) {
        @Override
        public OktaReply.Answered execute(OktaCall call, Deadline deadline) {
            return answers.remove();
        }
    };

    private static OktaReply.Answered page(String member, String remaining, boolean last) {
        Map<String, List<String>> headers = Map.of(
                "X-Rate-Limit-Limit",
                List.of("100"),
                "X-Rate-Limit-Remaining",
                List.of(remaining),
                "Link",
                last ? List.of() : List.of("<https://example.okta.com/x?after=" + member + ">; rel=\"next\""));
        byte[] body = ("{\"memberExternalIds\":[\"" + member + "\"]}").getBytes(StandardCharsets.UTF_8);
        return OktaReply.Answered.of(200, body, name -> headers.getOrDefault(name, List.of()), Instant.now());
    }

    @ParameterizedTest
    @CsvSource({"50, 49, WHOLE", "50, 5, WHOLE_AND_LAST", "5, 4, SPARED"})
    @DisplayName("are all read if the last page is there, however little of the rate limit is left")
    void look(String first, String second, GroupMembers.Look expected) {
        answers.add(page("E-1", first, false));
        answers.add(page("E-2", second, true));
        List<String> seen = new ArrayList<>();
        assertThat(new GroupMembers(new OktaPages(okta))
                        .look("0oa1", "g-1", seen::add, Deadline.in(Duration.ofMinutes(1))))
                .isEqualTo(expected);
        assertThat(seen).hasSize(expected == GroupMembers.Look.SPARED ? 1 : 2);
    }
}
