package dev.bulkuserimport.cost;

import java.text.Normalizer;
import java.util.Collection;
import java.util.List;

/** Counts what code does: the counted classes call this at each method's beginning, at each turn of a loop, and in place of searches. */
public final class Steps {

    private static long count;

    private Steps() {}

    static long count() {
        return count;
    }

    public static void step() {
        count++;
    }

    /** {@link Collection#contains}, which visits each element of a list. */
    public static boolean contains(Collection<?> all, Object element) {
        count += all instanceof List ? all.size() : 1;
        return all.contains(element);
    }

    public static boolean containsInList(List<?> all, Object element) {
        return contains(all, element);
    }

    public static int indexOf(List<?> all, Object element) {
        count += all.size();
        return all.indexOf(element);
    }

    /** {@link List#remove(int)}, which moves the elements behind. */
    public static Object remove(List<?> all, int index) {
        count += all.size() - index;
        return all.remove(index);
    }

    public static boolean removeAll(List<?> all, Collection<?> others) {
        count += all.size() * (others instanceof List ? (long) others.size() : 1L);
        return all.removeAll(others);
    }

    public static int indexOf(String text, String sought) {
        return indexOf(text, sought, 0);
    }

    public static int indexOf(String text, int sought) {
        return indexOf(text, sought, 0);
    }

    /** {@link Normalizer} puts each run of marks in order by moving them one by one. */
    public static String normalize(CharSequence text, Normalizer.Form form) {
        long run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = Character.getType(text.charAt(i)) == Character.NON_SPACING_MARK ? run + 1 : 0;
            count += 1 + run;
        }
        return Normalizer.normalize(text, form);
    }

    /** Searches visit the characters up to what they find. */
    public static int indexOf(String text, String sought, int from) {
        int found = text.indexOf(sought, from);
        count += (found < 0 ? text.length() : found) - Math.min(Math.max(0, from), text.length());
        return found;
    }

    public static int indexOf(String text, int sought, int from) {
        int found = text.indexOf(sought, from);
        count += (found < 0 ? text.length() : found) - Math.min(Math.max(0, from), text.length());
        return found;
    }
}
