package dev.bulkuserimport.source;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One section of a number format, such as {@code 0.00} or {@code [<=999]000}.
 *
 * @param kind what it shows
 * @param mask how the digits of an ID are shown, {@link DigitMask#NONE} if not
 * @param digits how the digits of other numbers are shown
 * @param literal its text, if it shows only text
 * @param condition the numbers that it applies to, if specified
 */
record FormatSection(
        Kind kind, DigitMask mask, Digits digits, String literal, Optional<Predicate<BigDecimal>> condition) {

    /** The format of cells without one: all digits of a number. */
    static final FormatSection GENERAL =
            new FormatSection(Kind.PLAIN, DigitMask.NONE, Digits.ALL, "", Optional.empty());

    /** The most characters of a text that a section may show instead of a number. */
    private static final int LONGEST_LITERAL = 255;

    /** A spreadsheet's limit; more would turn each number into a long text. */
    private static final int MOST_DECIMALS = 30;

    private static final Pattern CONDITION = Pattern.compile("(<=|>=|<>|<|>|=)\\s*(-?\\d{1,15}(?:\\.\\d{1,15})?)");

    private static final Pattern ELAPSED = Pattern.compile("h+|m+|s+");

    enum Kind {
        /** All digits. */
        PLAIN,
        NUMBER,
        DATE,
        TIME,
        /** A time of more than a day, {@code [h]:mm}. */
        ELAPSED,
        DATE_AND_TIME,
        /** A text without any digits of the number; nothing in an empty section. */
        LITERAL;

        boolean isDate() {
            return this == DATE || this == DATE_AND_TIME;
        }

        boolean isMoment() {
            return isDate() || this == TIME || this == ELAPSED;
        }
    }

    /**
     * The digits of a number that isn't an ID. Thousands separators, currencies and units are left out: they aren't data, and differ
     * between computers.
     *
     * @param whole the minimum of digits before the decimal point
     * @param fewest the minimum of decimals
     * @param most the maximum of decimals; -1 for all
     * @param percent whether 0.01 is shown as 1%
     * @param hidesZero whether nothing is shown of the number 0, unless it has decimals
     */
    record Digits(int whole, int fewest, int most, boolean percent, boolean hidesZero) {

        static final Digits ALL = new Digits(1, 0, -1, false, false);

        String shown(BigDecimal number) {
            BigDecimal rounded = (percent ? number.movePointRight(2) : number).setScale(most, RoundingMode.HALF_UP);
            while (rounded.scale() > fewest
                    && rounded.remainder(BigDecimal.ONE.movePointLeft(rounded.scale() - 1))
                                    .signum()
                            == 0) {
                rounded = rounded.setScale(rounded.scale() - 1, RoundingMode.UNNECESSARY);
            }
            if (hidesZero && rounded.signum() == 0 && fewest == 0) {
                return "";
            }
            // Excel shows 0.5 as .5 where the format has no 0 before the point: a number all the same.
            String digits = rounded.abs().toPlainString();
            int point = digits.indexOf('.') < 0 ? digits.length() : digits.indexOf('.');
            return (rounded.signum() < 0 ? "-" : "")
                    + "0".repeat(Math.max(0, whole - point))
                    + digits
                    + (percent ? "%" : "");
        }
    }

    static FormatSection moment(Kind kind) {
        return new FormatSection(kind, DigitMask.NONE, Digits.ALL, "", Optional.empty());
    }

    /** Parses a section; an invalid one shows all digits. */
    static FormatSection of(String code) {
        return new Reader(code).read();
    }

    private static final class Reader {
        private final String code;
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder letters = new StringBuilder();
        private Optional<Predicate<BigDecimal>> condition = Optional.empty();
        private int places;
        private int whole;
        private int fewest;
        private int most;
        private boolean point;
        private boolean spaced;
        private boolean percent;
        private boolean scaled;
        private boolean unusual;
        private boolean elapsed;

        Reader(String code) {
            this.code = code;
        }

        FormatSection read() {
            for (int i = 0; i < code.length(); i++) {
                i = token(i);
            }
            unusual |= scaled;
            String shown = letters.toString().toLowerCase(Locale.ROOT);
            if (shown.contains("general") || text.length() > LONGEST_LITERAL) {
                return made(DigitMask.of(code).equals(DigitMask.NONE) ? Kind.PLAIN : Kind.NUMBER);
            }
            boolean time = shown.indexOf('h') >= 0 || shown.indexOf('s') >= 0 || elapsed;
            boolean date = shown.indexOf('y') >= 0 || shown.indexOf('d') >= 0 || !time && shown.indexOf('m') >= 0;
            if (date || time) {
                return made(date ? time ? Kind.DATE_AND_TIME : Kind.DATE : elapsed ? Kind.ELAPSED : Kind.TIME);
            }
            // Weekdays, years of Buddhism and of eras.
            if (places == 0 && shown.chars().anyMatch(c -> "abeg".indexOf(c) >= 0)) {
                return made(Kind.DATE);
            }
            boolean unknown = places == 0 && !shown.isEmpty();
            if (unusual || unknown || most > MOST_DECIMALS || whole > LONGEST_LITERAL) {
                return made(Kind.PLAIN);
            }
            // Accounting formats show a dash for 0.
            return made(places > 0 || text.toString().strip().equals("-") ? Kind.NUMBER : Kind.LITERAL);
        }

        private FormatSection made(Kind kind) {
            DigitMask mask = kind == Kind.NUMBER ? DigitMask.of(code) : DigitMask.NONE;
            // Accounting formats such as "-"?? show a dash for 0.
            boolean hidesZero = whole == 0 && !spaced && text.indexOf("-") < 0;
            return new FormatSection(
                    kind,
                    mask,
                    new Digits(whole, fewest, most, percent, hidesZero),
                    text.toString().strip(),
                    condition);
        }

        /** Reads the element that begins at an index, and returns the index of its last character. */
        private int token(int i) {
            char c = code.charAt(i);
            switch (c) {
                case '"' -> {
                    int end = code.indexOf('"', i + 1);
                    text.append(code, i + 1, end < 0 ? code.length() : end);
                    return end < 0 ? code.length() : end;
                }
                case '\\' -> {
                    text.append(i + 1 < code.length() ? code.charAt(i + 1) : "");
                    return i + 1;
                }
                // A gap as wide as the next character; the next character repeated to the cell's width.
                case '_', '*' -> {
                    return i + 1;
                }
                case '[' -> {
                    int end = code.indexOf(']', i);
                    bracket(code.substring(i + 1, end < 0 ? code.length() : end));
                    return end < 0 ? code.length() : end;
                }
                case '0', '#', '?' -> place(c);
                case '.' -> {
                    point = true;
                    unusual |= scaled;
                }
                case '%' -> percent = true;
                // Text and fractions.
                case '@', '/' -> unusual = true;
                case 'E' -> {
                    // A power of ten.
                    unusual |= places > 0;
                    letters.append(c);
                }
                // Between digits, a thousands separator; behind them, it shows thousands or millions.
                case ',' -> scaled = places > 0;
                default -> (Character.isLetter(c) ? letters : text).append(c);
            }
            return i;
        }

        private void place(char c) {
            places++;
            scaled = false;
            if (point) {
                most++;
                fewest = c == '0' ? most : fewest;
            } else {
                whole += c == '0' ? 1 : 0;
                spaced |= c == '?';
            }
        }

        private void bracket(String content) {
            Matcher conditionMatch = CONDITION.matcher(content);
            if (ELAPSED.matcher(content.toLowerCase(Locale.ROOT)).matches()) {
                elapsed = true;
            } else if (conditionMatch.matches()) {
                BigDecimal bound = new BigDecimal(conditionMatch.group(2));
                String sign = conditionMatch.group(1);
                condition = Optional.of(number -> holds(sign, number.compareTo(bound)));
            }
        }

        private static boolean holds(String sign, int compared) {
            return switch (sign) {
                case "<" -> compared < 0;
                case "<=" -> compared <= 0;
                case ">" -> compared > 0;
                case ">=" -> compared >= 0;
                case "=" -> compared == 0;
                default -> compared != 0;
            };
        }
    }
}
