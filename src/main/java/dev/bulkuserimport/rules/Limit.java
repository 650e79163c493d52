package dev.bulkuserimport.rules;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many people an import may deactivate, or change: a number, a percentage of the people known so far, both (the smaller applies), or no
 * limit.
 *
 * @param people the number; empty if there is none
 * @param percent the percentage, 0 to 100; empty for none
 */
public record Limit(OptionalInt people, Optional<BigDecimal> percent) {

    /** No limit. */
    public static final Limit NONE = new Limit(OptionalInt.empty(), Optional.empty());

    /** The default for snapshots and for a mapping's deactivations: {@code 500,5%}. */
    public static final Limit CAREFUL = new Limit(OptionalInt.of(500), Optional.of(BigDecimal.valueOf(5)));

    /** What applies to the members of each group where nothing is set: half of them. */
    public static final Limit HALF = new Limit(OptionalInt.empty(), Optional.of(BigDecimal.valueOf(50)));

    /** The format in words, for messages about an invalid limit. */
    public static final String FORM = "a whole number, a percentage (5%), both (500,5%), or none";

    /** A percentage of few people would allow no one, so it always allows at least this many. */
    private static final int ALWAYS = 5;

    private static final Pattern FORMS = Pattern.compile("(\\d{1,9})|(\\d{1,3}(?:\\.\\d{1,3})?)\\s*%");

    /** Reads {@code 500}, {@code 5%}, {@code 500,5%}, {@code 5%,500} or {@code none}; empty for anything else. */
    public static Optional<Limit> parse(String text) {
        String limit = text.strip();
        if (limit.equalsIgnoreCase("none")) {
            return Optional.of(NONE);
        }
        OptionalInt people = OptionalInt.empty();
        Optional<BigDecimal> percent = Optional.empty();
        for (String part : limit.split(",", -1)) {
            Matcher form = FORMS.matcher(part.strip());
            if (!form.matches()) {
                return Optional.empty();
            }
            if (form.group(1) != null && people.isEmpty()) {
                people = OptionalInt.of(Integer.parseInt(form.group(1)));
            } else if (form.group(2) != null && percent.isEmpty()) {
                percent = Optional.of(new BigDecimal(form.group(2)));
            } else {
                return Optional.empty();
            }
        }
        boolean possible = percent.isEmpty() || percent.get().compareTo(BigDecimal.valueOf(100)) <= 0;
        return possible ? Optional.of(new Limit(people, percent)) : Optional.empty();
    }

    /**
     * How many are allowed.
     *
     * @param known how many people are known so far; empty without a state, in which case a percentage doesn't apply
     * @return empty if there is no limit
     */
    public OptionalInt most(OptionalInt known) {
        OptionalInt part = percent.isPresent() && known.isPresent()
                ? OptionalInt.of(Math.max(ALWAYS, part(known.getAsInt())))
                : OptionalInt.empty();
        if (people.isEmpty() || part.isEmpty()) {
            return people.isPresent() ? people : part;
        }
        return OptionalInt.of(Math.min(people.getAsInt(), part.getAsInt()));
    }

    /**
     * How many members one group may lose.
     *
     * @param members how many it has so far; empty if that isn't known, in which case a percentage doesn't apply
     * @param removals how many all groups would lose; a percentage applies only where these are more than a percentage always allows
     * @return empty without a limit
     */
    public OptionalInt mostOfGroup(OptionalInt members, int removals) {
        OptionalInt part = percent.isPresent() && members.isPresent() && removals > ALWAYS
                ? OptionalInt.of(part(members.getAsInt()))
                : OptionalInt.empty();
        if (people.isEmpty() || part.isEmpty()) {
            return people.isPresent() ? people : part;
        }
        return OptionalInt.of(Math.min(people.getAsInt(), part.getAsInt()));
    }

    private int part(int known) {
        return percent.orElseThrow()
                .multiply(BigDecimal.valueOf(known))
                .divide(BigDecimal.valueOf(100), 0, RoundingMode.FLOOR)
                .intValueExact();
    }

    @Override
    public String toString() {
        if (people.isEmpty() && percent.isEmpty()) {
            return "none";
        }
        String number = people.isPresent() ? Integer.toString(people.getAsInt()) : "";
        String share = percent.map(part -> part.toPlainString() + "%").orElse("");
        return number + (number.isEmpty() || share.isEmpty() ? "" : ",") + share;
    }
}
