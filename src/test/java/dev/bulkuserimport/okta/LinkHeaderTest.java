package dev.bulkuserimport.okta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.support.Work;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Label("The header Link")
class LinkHeaderTest {

    private static final LinkHeader.Next NONE = new LinkHeader.Next.None();
    private static final LinkHeader.Next UNREADABLE = new LinkHeader.Next.Unreadable();

    static List<Arguments> headers() {
        String url = "https://example.okta.com/api/v1/apps";
        return List.of(
                Arguments.of("", NONE),
                Arguments.of("<" + url + "?limit=2>; rel=\"self\"", NONE),
                Arguments.of("<" + url + "?after=a1&limit=2>; rel=\"next\"", new LinkHeader.Next.Page("a1")),
                Arguments.of("<" + url + "?limit=2&after=a%2F1>;rel=next", new LinkHeader.Next.Page("a/1")),
                Arguments.of(
                        "<" + url + ">; rel=\"self\",<" + url + "?after=a,b>; title=\"x, y\"; rel=\"next\"",
                        new LinkHeader.Next.Page("a,b")),
                Arguments.of("<" + url + "?after=%zz>; rel=\"next\"", UNREADABLE),
                Arguments.of("<" + url + "?after=>; rel=\"next\"", UNREADABLE),
                Arguments.of("<" + url + "?before=1>; rel=\"next\"", UNREADABLE),
                Arguments.of("<" + url + "?after=a; rel=\"next\"", NONE),
                Arguments.of("rel=\"next\"", NONE),
                Arguments.of("<>; relation=next", NONE));
    }

    @ParameterizedTest
    @MethodSource("headers")
    @DisplayName("says where a list goes on")
    void next(String header, LinkHeader.Next next) {
        assertThat(LinkHeader.next(Optional.of(header))).isEqualTo(next);
    }

    @Test
    @DisplayName("costs its length, whatever it holds")
    void linear() {
        for (String part : List.of("<?after=", "<", "<>", "<>;,", "\"", "<>;rel=", "?after=a>")) {
            String header = part.repeat(200_000);
            Work.within(500_000_000, () -> LinkHeader.next(Optional.of(header)));
        }
    }

    @Property
    @Label("never throws")
    void anything(@ForAll String text) {
        LinkHeader.next(Optional.of(text));
        LinkHeader.next(Optional.of("<" + text + ">; rel=\"next\""));
    }
}
