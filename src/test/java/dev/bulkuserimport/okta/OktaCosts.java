package dev.bulkuserimport.okta;

import dev.bulkuserimport.cost.Input;
import dev.bulkuserimport.cost.Input.Sized;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** What of an answer of Okta, or of something that answers in its place, can be made long. */
public final class OktaCosts implements Supplier<List<Input>> {

    private final List<Input> inputs = new ArrayList<>();

    @Override
    public List<Input> get() {
        text("Link header: links", 1_000, n -> "<u?after=1>; rel=\"self\",".repeat(n), OktaCosts::link);
        text("Link header: openings", 5_000, "<"::repeat, OktaCosts::link);
        text("Link header: parameters", 1_000, n -> "<u>" + ";a=\"b\"".repeat(n), OktaCosts::link);
        text(
                "Link header: parameters of the address",
                1_000,
                n -> "<u?" + "a=b&".repeat(n) + ">;rel=next",
                OktaCosts::link);
        text("error: words", 1_000, "user Brock "::repeat, OktaWords::withoutValues);
        text("error: quotes", 1_000, "'("::repeat, OktaWords::withoutValues);
        text("error: a word", 10_000, "x"::repeat, OktaWords::withoutValues);
        text(
                "error: causes",
                500,
                n -> "{\"errorCode\":\"E0000001\",\"errorCauses\":[" + "{\"errorSummary\":\"user x\"},".repeat(n)
                        + "{}]}",
                body -> OktaError.of(Answers.of(400, body)));
        text("error: page of HTML", 1_000, "<p>502"::repeat, body -> OktaError.of(Answers.of(502, body))
                .hasOktaCode());
        return inputs;
    }

    private static void link(String text) {
        LinkHeader.next(Optional.of(text));
    }

    private void text(String name, int smallest, IntFunction<String> text, Consumer<String> read) {
        inputs.add(new Input(name, smallest, n -> {
            String given = text.apply(n);
            return new Sized(given.length(), () -> {
                read.accept(given);
                return given;
            });
        }));
    }
}
