package dev.bulkuserimport.mapping;

import dev.bulkuserimport.plan.FirstOccurrences;
import dev.bulkuserimport.rules.Edges;
import dev.bulkuserimport.rules.KnownNames;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Statistics about the cells of a column, which help to identify it. */
public final class ColumnContent {

    /** The most samples in an answer, and the most characters of each. */
    public static final int SAMPLES = 3;

    private static final int LONGEST_SAMPLE = 200;

    /** How many different values are remembered; a status has fewer. */
    private static final int MOST_VALUES = 30;

    /** How many cells are parsed as dates; a column's pattern is clear long before. */
    private static final int MOST_DATES = 2_000;

    private static final int ASCII = 0x80;

    /** Longer texts are not IDs. */
    private static final int LONGEST_ID = 40;

    /** Longer texts are no group's name. */
    private static final int LONGEST_SHARED = 100;

    private final String name;
    private final Set<String> samples = new LinkedHashSet<>();
    private final Set<String> values = new LinkedHashSet<>();
    private final FirstOccurrences seen = new FirstOccurrences();
    private final RowCount count = new RowCount();
    private final List<Step.IsoDate> forms = new ArrayList<>(DatePattern.common());
    private int cells;
    private int different;
    private int filled;
    private int emails;
    private int digits;
    private int composites;
    private int longest;
    private int spaced;
    private boolean capitals;
    private Optional<String> folded = Optional.empty();
    private Optional<List<KnownNames.Meaning>> meanings = Optional.empty();

    /** @param name the column's name, or its path in a JSON source */
    public ColumnContent(String name) {
        this.name = name;
    }

    /** Adds a cell. */
    public void add(String cell) {
        add(cell.toCharArray(), 0, cell.length());
    }

    /** Adds a cell. A text is made of it only for the few that are kept or read as dates: an export has a hundred thousand cells. */
    public void add(char[] chars, int offset, int length) {
        cells++;
        int from = Edges.start(chars, offset, offset + length);
        int to = Edges.end(chars, from, offset + length);
        if (from == to) {
            return;
        }
        filled++;
        count.add(chars, from, to - from);
        boolean hasDigit = false;
        boolean hasSpace = false;
        int at = -1;
        for (int i = from; i < to; i++) {
            char c = chars[i];
            hasDigit |= c < ASCII ? c >= '0' && c <= '9' : Character.isDigit(c);
            capitals |= c < ASCII ? c >= 'A' && c <= 'Z' : Character.isUpperCase(c);
            hasSpace |= c == ' ';
            at = at < 0 && c == '@' ? i : at;
        }
        longest = Math.max(longest, to - from);
        emails += at > from && at < to - 1 && !hasSpace ? 1 : 0;
        digits += hasDigit ? 1 : 0;
        spaced += hasSpace ? 1 : 0;
        if (seen.isNewInAnyCase(chars, from, to - from)) {
            different++;
            addNew(chars, from, to - from);
        }
    }

    private void addNew(char[] chars, int from, int length) {
        boolean dated = filled <= MOST_DATES && !forms.isEmpty();
        if (!dated && values.size() >= MOST_VALUES) {
            return;
        }
        String value = new String(chars, from, length);
        if (values.size() < MOST_VALUES) {
            values.add(value);
        }
        if (samples.size() < SAMPLES) {
            samples.add(value.length() > LONGEST_SAMPLE ? value.substring(0, LONGEST_SAMPLE) + "…" : value);
        }
        if (dated) {
            narrow(value);
        }
    }

    /** Adds a cell that is an array or an object, which has no usable value. */
    public void addComposite() {
        cells++;
        composites++;
    }

    private void narrow(String value) {
        forms.removeIf(form -> {
            try {
                form.read(value);
                return false;
            } catch (UnusableValue e) {
                return true;
            }
        });
    }

    /** Adds empty cells, for records before the first or after the last occurrence of the column. */
    public void addEmpty(int count) {
        cells += Math.max(0, count);
    }

    public String name() {
        return name;
    }

    /** Its name as {@link KnownNames#folded} has it; each of a column's names is looked up once, and not for each property. */
    String foldedName() {
        if (folded.isEmpty()) {
            folded = Optional.of(KnownNames.folded(name));
        }
        return folded.get();
    }

    /** What its name may mean: a nested member has the meaning of its whole path, or else of its last name, unless it is another person's. */
    List<KnownNames.Meaning> meanings() {
        if (meanings.isEmpty()) {
            List<KnownNames.Meaning> whole = KnownNames.meanings(name);
            String last = lastName();
            boolean own = whole.isEmpty() && !KnownNames.isOfOthers(name.substring(0, name.length() - last.length()));
            meanings = Optional.of(own ? KnownNames.meanings(last) : whole);
        }
        return meanings.get();
    }

    /** The last name of a path; a period with a space behind it is an abbreviation's. */
    String lastName() {
        int period = name.lastIndexOf('.');
        return period + 1 < name.length() && name.charAt(period + 1) != ' ' ? name.substring(period + 1) : name;
    }

    /** The first different values, each at most 200 characters. */
    public List<String> samples() {
        return List.copyOf(samples);
    }

    public int cells() {
        return cells;
    }

    public int empty() {
        return cells - filled - composites;
    }

    /** Cells whose value an earlier one has, whatever its case. */
    int repeated() {
        return filled - different;
    }

    boolean isComposite() {
        return composites > 0;
    }

    boolean isEmpty() {
        return filled == 0;
    }

    /** Whether it has neither a value nor an array or an object. */
    public boolean holdsNothing() {
        return filled == 0 && composites == 0;
    }

    /** Whether each record has a unique value, ignoring case. */
    boolean isUniqueAndFilled() {
        return filled > 0 && filled == cells && different == filled;
    }

    /** Whether most of its values occur in only one record. */
    boolean isMostlyUnique() {
        return different * 2 >= filled;
    }

    boolean holdsEmails() {
        return filled > 0 && emails == filled;
    }

    /** Whether it contains email addresses, a few of which may be damaged. */
    boolean holdsMostlyEmails() {
        return filled > 0 && emails * 5 >= filled * 4;
    }

    /** Whether at least some cell is an email address. */
    boolean holdsSomeEmails() {
        return emails > 0;
    }

    /** Whether most of its values are several words, as names of people are. */
    boolean holdsWords() {
        return spaced * 2 > filled;
    }

    boolean holdsCapitals() {
        return capitals;
    }

    /** Whether its values look like IDs: short, without spaces, each with a digit. */
    boolean looksLikeIds() {
        return isUniqueAndFilled()
                && longest <= LONGEST_ID
                && digits == filled
                && emails == 0
                && spaced == 0
                && !isDate();
    }

    /** Whether it numbers the rows. */
    boolean isRowCount() {
        return isUniqueAndFilled() && count.isCount();
    }

    /** Whether each value has a digit: of a title and its code, people read the title. */
    boolean holdsCodes() {
        return filled > 0 && digits == filled;
    }

    boolean isDate() {
        return filled > 0 && !forms.isEmpty();
    }

    /** The pattern of its dates; empty if there are none, or if two patterns give different days. */
    Optional<String> datePattern() {
        if (!isDate()) {
            return Optional.empty();
        }
        Step.IsoDate first = forms.get(0);
        for (String value : values) {
            for (Step.IsoDate other : forms) {
                try {
                    if (!first.read(value).equals(other.read(value))) {
                        return Optional.empty();
                    }
                } catch (UnusableValue e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(first.pattern());
    }

    /** The first different values. */
    Set<String> values() {
        return values;
    }

    /** Whether each of its values is a salutation or a degree. */
    boolean holdsSalutations() {
        return filled > 0 && hasFewValues() && values.stream().allMatch(KnownNames::isSalutation);
    }

    /** Whether people share its values: at least two of them on average, and few values altogether. */
    boolean isShared() {
        return filled > 0
                && hasFewValues()
                && filled >= values.size() * 2
                && emails == 0
                && !isDate()
                && longest <= LONGEST_SHARED;
    }

    /** Whether there are more different values than remembered. */
    boolean hasFewValues() {
        return values.size() < MOST_VALUES;
    }
}
