package dev.bulkuserimport.rules;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The formats in which a spreadsheet shows dates: an ID such as {@code 3-14} becomes one when a CSV file is opened with a double click and
 * saved.
 */
public final class DateForm {

    private static final int SHORTEST = 5;

    /** As short as {@code 3月1日}. */
    private static final int SHORTEST_EAST_ASIAN = 4;

    private static final int LONGEST = 26;

    /** The time of day that a spreadsheet or a data frame shows behind a date: {@code 0:00}, {@code 12:00:00 AM}, {@code T00:00:00}. */
    private static final Pattern TIME =
            Pattern.compile("[ T]\\d{1,2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?(?: ?[AaPp][Mm])?$");

    private static final String NAME = "(\\p{L}{3,5})\\.?";

    /** {@code 14-Mar}, {@code 14. Mär}, {@code 14-Mar-26}, {@code 14 mars 2026}. */
    private static final Pattern DAY_MONTH =
            Pattern.compile("(\\d{1,2})(?:\\.? |[-./])" + NAME + "(?:[-./ ]\\d{2}(?:\\d{2})?)?");

    /** {@code Mar-26}, {@code Mrz 26}, {@code mars-2026}. */
    private static final Pattern MONTH_YEAR = Pattern.compile(NAME + "[-./ ]\\d{2}(?:\\d{2})?");

    /** {@code 3/14/2026}, {@code 14/03/26}, {@code 14.03.2026}, {@code 14-03-2026}; two-digit years only with slashes. */
    private static final Pattern NUMBERS =
            Pattern.compile("(\\d{1,2})/(\\d{1,2})/\\d{2}(?:\\d{2})?|(\\d{1,2})([.-])(\\d{1,2})\\4\\d{4}");

    /** {@code 2026-03-14}, {@code 2026/3/14}, {@code 2026.03.14}. */
    private static final Pattern YEAR_FIRST = Pattern.compile("(?:19|20)\\d{2}([-/.])(\\d{1,2})\\1(\\d{1,2})");

    /** The first character of Chinese, Japanese and Korean writing. */
    private static final char EAST_ASIAN_SCRIPTS = '\u2E80';

    private static final String MONTH = "(?:0?[1-9]|1[0-2]|[一二三四五六七八九十]{1,2}) ?[月월]";

    private static final String DAY =
            "(?:0?[1-9]|[12]\\d|3[01]|[一二三四五六七八九十]{1,3}) ?[日일](?: ?[(（]?(?:星期|周|週)?[日一二三四五六月火水木金土월화수목금토일](?:曜日|요일)?[)）]?)?";

    /** {@code 3月14日}, {@code 03월 14일}, {@code 2026年3月14日}, {@code 2026년 3월}, {@code 令和8年3月14日(土)}. */
    private static final Pattern EAST_ASIAN =
            Pattern.compile("(?:(?:(?:19|20)\\d{2}|[〇○零一二三四五六七八九]{4}|(?:令和|平成|昭和)(?:\\d{1,2}|元)) ?[年년] ?" + MONTH
                    + "(?: ?" + DAY + ")?|" + MONTH + " ?" + DAY + ")");

    /** Spreadsheets' abbreviations of month names in the languages of Europe and the Americas, in lower case and without a period. */
    private static final Set<String> MONTHS = Set.copyOf(List.of((
            // English, German, French, Dutch, Scandinavian
            "jan feb mar apr may jun jul aug sep sept oct nov dec jän mär mrz mai okt dez janv févr fév mars avr juin juil"
                    + " août aoû déc mrt mei maj des maaliskuu"
                    // Spanish, Portuguese, Italian, Catalan, Romanian
                    + " ene abr ago dic fev set out gen mag giu lug ott febr març maig juny set des ian iun iul noi"
                    // Finnish, Estonian, Polish, Czech, Slovak, Hungarian, Croatian, Slovenian
                    + " tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu jaan veebr sty lut kwi cze"
                    + " lip sie wrz paź lis gru led úno bře dub kvě čvn čvc srp zář říj pro márc ápr máj jún júl szept"
                    + " sij velj ožu tra svi ruj stu avg"
                    // Turkish, Russian, Ukrainian, Bulgarian, Greek
                    + " oca şub nis haz tem ağu eyl eki kas ara янв фев мар апр май мая июн июл авг сен окт ноя дек"
                    + " січ лют бер кві тра чер лип сер вер жов лис гру яну ное ιαν φεβ μαρ απρ μαϊ ιουν ιουλ αυγ σεπ"
                    + " οκτ νοε δεκ")
            .split(" ")));

    private DateForm() {}

    /** Whether a text is a date in a spreadsheet's format. */
    public static boolean matches(String shown) {
        if (shown.length() < SHORTEST_EAST_ASIAN || shown.length() > LONGEST) {
            return false;
        }
        String text = shown.indexOf(':') < 0 ? shown : TIME.matcher(shown).replaceFirst("");
        int digits = run(text, true);
        if (digits <= 4 && digits < text.length() && isEastAsian(text, digits)) {
            return EAST_ASIAN.matcher(text).matches();
        }
        if (text.length() < SHORTEST) {
            return false;
        }
        return switch (digits) {
            case 0 -> isMonthYear(text);
            case 1, 2 -> isSeparator(text.charAt(digits)) && beginsWithDay(text);
            case 4 -> isSeparator(text.charAt(digits)) && beginsWithYear(text);
            default -> false;
        };
    }

    /** Whether the word behind the digits, or behind a space behind them, is Chinese, Japanese or Korean. */
    private static boolean isEastAsian(String text, int digits) {
        int word = text.charAt(digits) == ' ' ? digits + 1 : digits;
        return word < text.length() && text.charAt(word) >= EAST_ASIAN_SCRIPTS;
    }

    private static boolean isMonthYear(String text) {
        int letters = run(text, false);
        // A separator or period followed by two or four digits: for an ID such as EMP-100234 the letters needn't be
        // examined.
        return letters >= 3
                && letters <= 5
                && text.length() <= letters + 2 + 4
                && isMonth(text.substring(0, letters))
                && MONTH_YEAR.matcher(text).matches();
    }

    private static boolean beginsWithDay(String text) {
        Matcher numbers = NUMBERS.matcher(text);
        if (numbers.matches()) {
            return numbers.group(1) != null
                    ? areDayAndMonth(numbers.group(1), numbers.group(2))
                    : areDayAndMonth(numbers.group(3), numbers.group(5));
        }
        Matcher dayMonth = DAY_MONTH.matcher(text);
        return dayMonth.matches() && isDay(dayMonth.group(1)) && isMonth(dayMonth.group(2));
    }

    private static boolean beginsWithYear(String text) {
        Matcher yearFirst = YEAR_FIRST.matcher(text);
        return yearFirst.matches() && isDay(yearFirst.group(3)) && Integer.parseInt(yearFirst.group(2)) <= 12;
    }

    /** The number of digits, or else letters, that a text begins with. */
    private static int run(String text, boolean ofDigits) {
        int i = 0;
        while (i < text.length() && (ofDigits ? isDigit(text.charAt(i)) : Character.isLetter(text.charAt(i)))) {
            i++;
        }
        return i;
    }

    private static boolean isSeparator(char c) {
        return c == '-' || c == '.' || c == '/' || c == ' ';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean areDayAndMonth(String one, String other) {
        return isDay(one) && isDay(other) && (Integer.parseInt(one) <= 12 || Integer.parseInt(other) <= 12);
    }

    private static boolean isDay(String number) {
        int day = Integer.parseInt(number);
        return day >= 1 && day <= 31;
    }

    private static boolean isMonth(String name) {
        return MONTHS.contains(name.toLowerCase(Locale.ROOT));
    }
}
