package dev.bulkuserimport.source;

import dev.bulkuserimport.source.FormatSection.Kind;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a workbook's numbers are shown: dates and times in ISO format, IDs and postal codes with their zeros, amounts with the decimals of
 * their format, and never in scientific notation.
 *
 * <p>Source: ECMA-376, part 1, 18.8.30 (numFmt) and 18.17.4 (dates).
 */
final class NumberFormats {

    /** The number of digits that a spreadsheet keeps. */
    static final int DIGITS = 15;

    /** The day after 9999-12-31. */
    private static final int LAST_DAY = 2_958_466;

    /** The smallest number that a spreadsheet may have rounded: 16 digits before the decimal point. */
    private static final BigDecimal ROUNDED = BigDecimal.TEN.pow(DIGITS);

    private static final int MOST_STYLES = 100_000;

    private static final Map<Integer, String> BUILT_IN = Map.of(
            1,
            "0",
            2,
            "0.00",
            3,
            "#,##0",
            4,
            "#,##0.00",
            9,
            "0%",
            10,
            "0.00%",
            37,
            "#,##0;(#,##0)",
            38,
            "#,##0;(#,##0)",
            39,
            "#,##0.00;(#,##0.00)",
            40,
            "#,##0.00;(#,##0.00)");

    private final List<NumberFormat> styles;
    private final boolean from1904;

    /**
     * The displayed text of a cell.
     *
     * @param text its text
     * @param moment whether it is a date or a time
     */
    record Shown(String text, boolean moment) {}

    private NumberFormats(List<NumberFormat> styles, boolean from1904) {
        this.styles = styles;
        this.from1904 = from1904;
    }

    static NumberFormats none(boolean from1904) {
        return new NumberFormats(List.of(), from1904);
    }

    /** @param xml the part of the workbook with its styles */
    static NumberFormats read(SheetXml xml, boolean from1904) throws IOException {
        Map<Integer, NumberFormat> own = new HashMap<>();
        List<NumberFormat> styles = new ArrayList<>();
        boolean ofCells = false;
        while (xml.next()) {
            if (xml.starts("numFmt") && own.size() < MOST_STYLES) {
                Optional<Integer> id = xml.number("numFmtId");
                Optional<String> code = xml.attribute("formatCode");
                if (id.isPresent() && code.isPresent()) {
                    own.put(id.get(), NumberFormat.of(code.get()));
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

    private static NumberFormat builtIn(int id) {
        if (id >= 14 && id <= 17 || id >= 27 && id <= 31 || id == 36 || id >= 50 && id <= 54 || id == 57 || id == 58) {
            return NumberFormat.moment(Kind.DATE);
        }
        if (id >= 18 && id <= 21 || id >= 32 && id <= 35 || id >= 45 && id <= 47 || id == 55 || id == 56) {
            return NumberFormat.moment(id == 46 ? Kind.ELAPSED : Kind.TIME);
        }
        if (id == 22) {
            return NumberFormat.moment(Kind.DATE_AND_TIME);
        }
        return BUILT_IN.containsKey(id) ? NumberFormat.of(BUILT_IN.get(id)) : NumberFormat.GENERAL;
    }

    /** Whether a spreadsheet can't have kept all digits of a number. */
    static boolean isRounded(BigDecimal number) {
        return number.abs().compareTo(ROUNDED) >= 0;
    }

    /**
     * A number as it is displayed.
     *
     * @param style the index of the cell's style
     */
    Shown shown(BigDecimal number, int style) {
        FormatSection section = format(style).section(number);
        boolean day = number.signum() >= 0 && number.compareTo(BigDecimal.valueOf(LAST_DAY)) < 0;
        if (section.kind().isMoment() && day) {
            // The day before the first one is how an empty cell is displayed as a date.
            return section.kind().isDate() && number.signum() == 0
                    ? new Shown("", false)
                    : new Shown(moment(number, section.kind()), true);
        }
        return new Shown(
                switch (section.kind()) {
                    case LITERAL -> section.literal();
                    case NUMBER ->
                        section.mask().equals(DigitMask.NONE) && !isRounded(number)
                                ? section.digits().shown(exact(number))
                                : section.mask().shown(plain(number));
                    default -> plain(number);
                },
                false);
    }

    /** The displayed text of an ISO date in a cell of type {@code d}. */
    Shown shown(String iso, int style) {
        Kind kind = format(style).sections().get(0).kind();
        try {
            int time = iso.indexOf('T');
            LocalDate date = LocalDate.parse(time < 0 ? iso : iso.substring(0, time));
            LocalTime clock = time < 0
                    ? LocalTime.MIDNIGHT
                    : LocalTime.from(DateTimeFormatter.ISO_TIME.parse(iso.substring(time + 1)));
            Kind shown = kind.isMoment() ? kind : clock.equals(LocalTime.MIDNIGHT) ? Kind.DATE : Kind.DATE_AND_TIME;
            return new Shown(moment(date.atTime(clock), shown), true);
        } catch (DateTimeException e) {
            return new Shown(iso, false);
        }
    }

    /** Whether cells with this style show dates or times. */
    boolean showsMoments(int style) {
        return format(style).sections().stream()
                .anyMatch(section -> section.kind().isMoment());
    }

    private NumberFormat format(int style) {
        return style < styles.size() ? styles.get(style) : NumberFormat.GENERAL;
    }

    private static BigDecimal exact(BigDecimal number) {
        return number.round(new MathContext(DIGITS, RoundingMode.HALF_UP));
    }

    private static String plain(BigDecimal number) {
        BigDecimal shown = isRounded(number) ? number : exact(number);
        return shown.signum() == 0 ? "0" : shown.stripTrailingZeros().toPlainString();
    }

    private String moment(BigDecimal number, Kind kind) {
        // A day ends where it is displayed to end: of a date, only the noise of a double is rounded away.
        long seconds = number.multiply(BigDecimal.valueOf(86_400))
                .setScale(kind == Kind.DATE ? 3 : 0, RoundingMode.HALF_UP)
                .longValue();
        long days = seconds / 86_400;
        if (kind == Kind.ELAPSED) {
            return two(seconds / 3_600) + ":" + two(seconds / 60 % 60) + ":" + two(seconds % 60);
        }
        // Before 1 March 1900 the count is one less, because Lotus 1-2-3 treated 1900 as a leap year and Excel copied
        // that.
        LocalDate first = from1904 ? LocalDate.of(1904, 1, 1) : LocalDate.of(1899, 12, days < 60 ? 31 : 30);
        return moment(first.plusDays(days).atStartOfDay().plusSeconds(seconds % 86_400), kind);
    }

    private static String moment(LocalDateTime moment, Kind kind) {
        String date = moment.toLocalDate().toString();
        String time = two(moment.getHour()) + ":" + two(moment.getMinute()) + ":" + two(moment.getSecond());
        return switch (kind) {
            case DATE -> date;
            case DATE_AND_TIME -> date + "T" + time;
            default -> time;
        };
    }

    private static String two(long number) {
        return number < 10 ? "0" + number : String.valueOf(number);
    }
}
