package dev.bulkuserimport.source;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How a workbook shows its numbers, as far as it matters for people's data: dates and times in ISO, IDs and postcodes with their zeros,
 * everything else digit for digit and never as a power of ten.
 *
 * <p>Source: ECMA-376, part 1, 18.8.30 (numFmt) and 18.17.4 (dates).
 */
final class NumberFormats {

    /** Digits that a spreadsheet keeps of a number. */
    static final int DIGITS = 15;

    /** The day after 9999-12-31. */
    private static final int LAST_DAY = 2_958_466;

    /** A number from which on the spreadsheet has rounded: 16 digits before the point. */
    private static final BigDecimal ROUNDED = BigDecimal.TEN.pow(DIGITS);

    private static final int MOST_STYLES = 100_000;

    private final List<Form> styles;
    private final boolean from1904;

    /**
     * @param date whether a date is shown
     * @param time whether a time of day is shown
     * @param mask how the digits of an ID are shown, {@link DigitMask#NONE} for none
     */
    private record Form(boolean date, boolean time, DigitMask mask) {
        private static final Form PLAIN = of(false, false);

        static Form of(boolean date, boolean time) {
            return new Form(date, time, DigitMask.NONE);
        }
    }

    private NumberFormats(List<Form> styles, boolean from1904) {
        this.styles = styles;
        this.from1904 = from1904;
    }

    static NumberFormats none(boolean from1904) {
        return new NumberFormats(List.of(), from1904);
    }

    /** @param xml the part of the workbook that holds its styles */
    static NumberFormats read(SheetXml xml, boolean from1904) throws IOException {
        Map<Integer, Form> own = new HashMap<>();
        List<Form> styles = new ArrayList<>();
        boolean ofCells = false;
        while (xml.next()) {
            if (xml.starts("numFmt") && own.size() < MOST_STYLES) {
                Optional<Integer> id = xml.number("numFmtId");
                Optional<String> code = xml.attribute("formatCode");
                if (id.isPresent() && code.isPresent()) {
                    own.put(id.get(), form(code.get()));
                }
            } else if (xml.starts("cellXfs")) {
                ofCells = true;
            } else if (xml.ends("cellXfs")) {
                ofCells = false;
            } else if (ofCells && xml.starts("xf") && styles.size() < MOST_STYLES) {
                int id = xml.number("numFmtId").orElse(0);
                styles.add(own.containsKey(id) ? own.get(id) : builtIn(id));
            }
        }
        return new NumberFormats(styles, from1904);
    }

    private static Form builtIn(int id) {
        if (id >= 14 && id <= 17 || id >= 27 && id <= 31 || id == 36 || id >= 50 && id <= 54 || id == 57 || id == 58) {
            return Form.of(true, false);
        }
        if (id >= 18 && id <= 21 || id >= 32 && id <= 35 || id >= 45 && id <= 47 || id == 55 || id == 56) {
            return Form.of(false, true);
        }
        return id == 22 ? Form.of(true, true) : Form.PLAIN;
    }

    private static Form form(String code) {
        DigitMask mask = DigitMask.of(code);
        if (!mask.equals(DigitMask.NONE)) {
            return new Form(false, false, mask);
        }
        String letters = withoutLiterals(code).toLowerCase(Locale.ROOT);
        boolean time = letters.indexOf('h') >= 0 || letters.indexOf('s') >= 0;
        boolean date = letters.indexOf('y') >= 0 || letters.indexOf('d') >= 0 || !time && letters.indexOf('m') >= 0;
        return letters.contains("general") ? Form.PLAIN : Form.of(date, time);
    }

    /** A format's first section, without texts in quotes, colours, currencies and single characters that stand for themselves. */
    private static String withoutLiterals(String code) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < code.length() && code.charAt(i) != ';'; i++) {
            char c = code.charAt(i);
            if (c == '"') {
                int end = code.indexOf('"', i + 1);
                i = end < 0 ? code.length() : end;
            } else if (c == '\\' || c == '_' || c == '*') {
                i++;
            } else if (c == '[') {
                int end = code.indexOf(']', i);
                String bracket = end < 0 ? "" : code.substring(i + 1, end).toLowerCase(Locale.ROOT);
                plain.append(bracket.matches("h+|m+|s+") ? bracket : "");
                i = end < 0 ? code.length() : end;
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    /** Whether the spreadsheet can't have kept all digits of such a number. */
    static boolean isRounded(BigDecimal number) {
        return number.abs().compareTo(ROUNDED) >= 0;
    }

    /**
     * A number as a person sees it.
     *
     * @param style the number of the cell's style
     */
    String text(BigDecimal number, int style) {
        Form form = style < styles.size() ? styles.get(style) : Form.PLAIN;
        boolean day = number.signum() >= 0 && number.compareTo(BigDecimal.valueOf(LAST_DAY)) < 0;
        if ((form.date() || form.time()) && day) {
            return moment(number, form);
        }
        return form.mask().shown(plain(number));
    }

    private static String plain(BigDecimal number) {
        BigDecimal shown = isRounded(number) ? number : number.round(new MathContext(DIGITS, RoundingMode.HALF_UP));
        return shown.signum() == 0 ? "0" : shown.stripTrailingZeros().toPlainString();
    }

    private String moment(BigDecimal number, Form form) {
        long seconds = number.multiply(BigDecimal.valueOf(86_400))
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
        long days = seconds / 86_400;
        // Before 1 March 1900 the count is one less, because Lotus took 1900 for a leap year and Excel followed.
        LocalDate first = from1904 ? LocalDate.of(1904, 1, 1) : LocalDate.of(1899, 12, days < 60 ? 31 : 30);
        LocalDateTime moment = first.plusDays(days).atStartOfDay().plusSeconds(seconds % 86_400);
        String date = moment.toLocalDate().toString();
        String time = two(moment.getHour()) + ":" + two(moment.getMinute()) + ":" + two(moment.getSecond());
        if (form.date() && form.time()) {
            return date + "T" + time;
        }
        return form.date() ? date : time;
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : String.valueOf(number);
    }
}
