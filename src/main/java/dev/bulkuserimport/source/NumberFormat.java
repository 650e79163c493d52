package dev.bulkuserimport.source;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * A number format: up to three sections for numbers. Its section for texts is ignored: they are always shown unchanged.
 *
 * <p>Source: ECMA-376, part 1, 18.8.31.
 *
 * @param sections the sections for numbers, at least one
 */
record NumberFormat(List<FormatSection> sections) {

    static final NumberFormat GENERAL = new NumberFormat(List.of(FormatSection.GENERAL));

    private static final int MOST_SECTIONS = 3;

    /** Parses a format code. */
    static NumberFormat of(String code) {
        List<FormatSection> sections = new ArrayList<>();
        int from = 0;
        while (from <= code.length() && sections.size() < MOST_SECTIONS) {
            int end = end(code, from);
            sections.add(FormatSection.of(code.substring(from, end)));
            from = end + 1;
        }
        return new NumberFormat(List.copyOf(sections));
    }

    static NumberFormat moment(FormatSection.Kind kind) {
        return new NumberFormat(List.of(FormatSection.moment(kind)));
    }

    /** The section that applies to a number. */
    FormatSection section(BigDecimal number) {
        int last = sections.size() - 1;
        for (int i = 0; i < last; i++) {
            if (holds(i, number)) {
                return sections.get(i);
            }
        }
        return sections.get(last);
    }

    /**
     * Whether a section other than the last applies to a number; without a condition, the first is for positive numbers, the second for
     * negative ones.
     */
    private boolean holds(int section, BigDecimal number) {
        return sections.get(section)
                .condition()
                .map(condition -> condition.test(number))
                .orElseGet(() -> section == 0
                        ? number.signum() > 0 || sections.size() == 2 && number.signum() == 0
                        : number.signum() < 0);
    }

    private static int end(String code, int from) {
        boolean quoted = false;
        boolean bracket = false;
        for (int i = from; i < code.length(); i++) {
            char c = code.charAt(i);
            if (quoted) {
                quoted = c != '"';
            } else if (bracket) {
                bracket = c != ']';
            } else if (c == ';') {
                return i;
            } else {
                quoted = c == '"';
                bracket = c == '[';
                i += c == '\\' || c == '_' || c == '*' ? 1 : 0;
            }
        }
        return code.length();
    }
}
