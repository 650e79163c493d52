package dev.bulkuserimport.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A bar of counts: each part is proportional to its share, but long enough to be visible; and the same in words. */
final class StackedBar {

    /** The minimum length of a part, in percent, however small its count. */
    private static final double LEAST = 1.2;

    private final String title;
    private final List<Part> parts = new ArrayList<>();

    private record Part(String kind, String label, int count) {}

    StackedBar(String title) {
        this.title = title;
    }

    /** Adds a part, unless its count is 0. */
    StackedBar with(String kind, String label, int count) {
        if (count > 0) {
            parts.add(new Part(kind, label, count));
        }
        return this;
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /** The bar for the template. */
    Map<String, Object> model() {
        long total = Math.max(1, parts.stream().mapToLong(Part::count).sum());
        double[] widths = parts.stream()
                .mapToDouble(part -> Math.max(LEAST, 100.0 * part.count / total))
                .toArray();
        double all = 0;
        for (double width : widths) {
            all += width;
        }
        List<Map<String, Object>> drawn = new ArrayList<>();
        double x = 0;
        for (int i = 0; i < widths.length; i++) {
            double width = 100 * widths[i] / Math.max(all, 1);
            Map<String, Object> part = new LinkedHashMap<>();
            part.put("kind", parts.get(i).kind);
            part.put("label", parts.get(i).label);
            part.put("count", Words.number(parts.get(i).count));
            part.put("share", share(parts.get(i).count, total));
            part.put("x", percent(x));
            part.put("width", percent(width));
            drawn.add(part);
            x += width;
        }
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("title", title);
        model.put("parts", drawn);
        model.put(
                "words",
                parts.stream()
                        .map(part -> Words.number(part.count) + " " + part.label)
                        .collect(Collectors.joining(", ")));
        return model;
    }

    private static String share(int count, long total) {
        long tenths = Math.round(1000.0 * count / total);
        if (tenths == 0) {
            return "under 0.1 %";
        }
        return tenths == 1000 && count < total
                ? "over 99.9 %"
                : tenths / 10 + (tenths % 10 == 0 ? "" : "." + tenths % 10) + " %";
    }

    /** A length in percent with two decimals, independent of the locale. */
    static String percent(double value) {
        long hundredths = Math.round(value * 100);
        long rest = hundredths % 100;
        return hundredths / 100 + "." + (rest < 10 ? "0" : "") + rest + "%";
    }
}
