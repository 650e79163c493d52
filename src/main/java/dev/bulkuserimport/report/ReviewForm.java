package dev.bulkuserimport.report;

import dev.bulkuserimport.problem.Problem;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** The report's member {@code decision}. */
final class ReviewForm {

    private ReviewForm() {}

    static Review review(Form<Review> form) {
        return new Review(
                form.text("plan", Review::plan),
                form.member(
                                "problem",
                                review -> Optional.of(review.problem()),
                                Problem::document,
                                json -> Problem.read(Form.members(json)))
                        .orElseThrow(IllegalArgumentException::new),
                form.object("file", review -> Optional.of(review.origin()), ComparedForm::origin)
                        .orElseThrow(IllegalArgumentException::new),
                moment(form, "since", Review::since),
                moment(form, "until", Review::until),
                form.texts("people", Review::people),
                form.part(Review::desk, ReviewForm::desk),
                form.part("decision", Review::ruling, ReviewForm::ruling));
    }

    private static Instant moment(Form<Review> form, String name, Function<Review, Instant> of) {
        return form.moment(name, of.andThen(Optional::of)).orElse(Instant.EPOCH);
    }

    private static Review.Desk desk(Form<Review.Desk> form) {
        return new Review.Desk(form.maybe("function", Review.Desk::function), form.maybe("url", Review.Desk::url));
    }

    private static Ruling ruling(Form<Ruling> form) {
        return new Ruling(
                form.member(
                                "decision",
                                made -> Optional.of(made.choice()),
                                Ruling.Choice::word,
                                json -> Ruling.Choice.of(json.asText()).orElseThrow(IllegalArgumentException::new))
                        .orElseThrow(IllegalArgumentException::new),
                form.moment("decidedAt", made -> Optional.of(made.at())).orElse(Instant.EPOCH),
                form.maybe("by", Ruling::by),
                form.flag("authenticated", Ruling::authenticated),
                form.maybe("comment", Ruling::comment));
    }
}
