package dev.bulkuserimport.rules;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names that HR systems use for a person's properties, from the resource {@code /mapping/names.txt}, which documents its own format. It
 * is read on first use: an import without errors doesn't need it.
 */
public final class KnownNames {

    private static final String RESOURCE = "/mapping/names.txt";

    /** Languages have a two-letter code; anything longer is a system. */
    private static final int LANGUAGE = 2;

    /** Names longer than any known one are not looked up. */
    private static final int LONGEST = 100;

    private static final Pattern MARKED = Pattern.compile("[\\[(][^\\])]*[\\])]");

    private KnownNames() {}

    /**
     * A possible meaning of a name.
     *
     * @param properties names that a property with this meaning may have, most likely first; one in parentheses is not a property
     * @param system whether it is a system's own name rather than a word of a language
     * @param uncertain whether it often means something else
     */
    public record Meaning(List<String> properties, boolean system, boolean uncertain) {

        /** The rank of a property's name in this meaning, from 0; -1 if it isn't one of its names. */
        public int rank(String property) {
            return properties.indexOf(property);
        }
    }

    /** The table, read once. */
    private static final class Table {
        /** The kinds of single words, which are no names. */
        private static final Map<String, Set<String>> WORDS = new HashMap<>();

        /** The names as they are written, of several words. */
        private static final Map<String, List<Meaning>> WRITTEN = new HashMap<>();

        private static final Map<String, List<Meaning>> MEANINGS = read();

        private static Map<String, List<Meaning>> read() {
            Map<String, List<Meaning>> meanings = new HashMap<>();
            try (InputStream in = KnownNames.class.getResourceAsStream(RESOURCE)) {
                if (in == null) {
                    throw new IllegalStateException(RESOURCE + " is missing");
                }
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
                List<String> properties = List.of();
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("[")) {
                        properties =
                                List.of(line.substring(1, line.length() - 1).split(" "));
                    } else if (!line.isEmpty() && !line.startsWith("#")) {
                        add(meanings, properties, line);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return meanings;
        }

        private static void add(Map<String, List<Meaning>> meanings, List<String> properties, String line) {
            String source = line.substring(0, line.indexOf(':'));
            for (String written : line.substring(source.length() + 1).split("\\|")) {
                String name = written.strip();
                boolean uncertain = name.startsWith("~");
                if (NameWords.KINDS.contains(properties.get(0))) {
                    WORDS.computeIfAbsent(folded(name), any -> new HashSet<>()).add(properties.get(0));
                    continue;
                }
                Meaning meaning = new Meaning(properties, source.length() > LANGUAGE, uncertain);
                meanings.computeIfAbsent(folded(name), any -> new ArrayList<>()).add(meaning);
                if (name.indexOf(' ') > 0 && !uncertain) {
                    WRITTEN.computeIfAbsent(name, any -> new ArrayList<>()).add(meaning);
                }
            }
        }
    }

    /** Everything that a column with this name may mean; empty for an unknown name. */
    public static List<Meaning> meanings(String name) {
        if (name.length() > LONGEST) {
            return List.of();
        }
        List<Meaning> listed = listed(name);
        return listed.isEmpty() ? NameWords.of(name).meanings() : listed;
    }

    /** Whether a name is listed, and not only understood by its words. */
    public static boolean isListed(String name) {
        return name.length() <= LONGEST && !listed(name).isEmpty();
    }

    private static List<Meaning> listed(String name) {
        List<Meaning> whole = whole(name);
        if (!whole.isEmpty() || !MARKED.matcher(name).find()) {
            return whole;
        }
        // Templates mark required columns: "Email Address [Required]", "Employee ID (*)".
        List<Meaning> unmarked = whole(MARKED.matcher(name).replaceAll(""));
        // What is in brackets may also say whose it is: "Mobile Phone (Emergency)".
        boolean isOther = MARKED.matcher(name).results().anyMatch(mark -> NameWords.isOther(mark.group()));
        return isOther ? unmarked.stream().filter(NameWords::isManager).toList() : unmarked;
    }

    /** What exactly this name means, without a look at its words. */
    static List<Meaning> whole(String name) {
        return Table.MEANINGS.getOrDefault(folded(name), List.of());
    }

    /** Whether a column with this name holds numbers of something else than people: of devices, cars, contracts. */
    public static boolean isOfThings(String name) {
        return name.length() > LONGEST || NameWords.isThing(name);
    }

    /** Whether a name, or a part of a path, is of someone else than the person: of a manager, a spouse, an author. */
    public static boolean isOfOthers(String path) {
        return Arrays.stream(path.split("\\.")).anyMatch(name -> name.length() <= LONGEST && NameWords.isOther(name));
    }

    /** Whether a name that isn't known is made of words for a login or for the address of whoever has the record. */
    public static boolean isOwnAddress(String name) {
        return name.length() <= LONGEST && NameWords.isOwnAddress(name);
    }

    /** Whether it is what APIs call a list of people. */
    public static boolean isOfPeople(String name) {
        return NameWords.isPeople(name);
    }

    /** Whether a value is how people are addressed, or a degree: "Frau Dr.". */
    public static boolean isSalutation(String value) {
        return value.length() <= LONGEST && NameWords.isSalutation(value);
    }

    /** What kinds of word this is in a name. */
    static Set<String> kinds(String word) {
        return Table.WORDS.getOrDefault(word, Set.of());
    }

    /** What the names mean that consist of these words, whatever their order. */
    static List<Meaning> ofWords(String sorted) {
        return Words.MEANINGS.getOrDefault(sorted, List.of());
    }

    /** The names of several words by their sorted words; made only for a file with a name that isn't known. */
    private static final class Words {
        private static final Map<String, List<Meaning>> MEANINGS = new HashMap<>();

        static {
            Table.WRITTEN.forEach((name, meanings) -> {
                String sorted = NameWords.of(name).sorted();
                if (sorted.indexOf(' ') > 0) {
                    MEANINGS.computeIfAbsent(sorted, any -> new ArrayList<>()).addAll(meanings);
                }
            });
        }
    }

    /** Whether two names are listed, and may be names of the same property. */
    public static boolean meanSame(String one, String other) {
        List<Meaning> meanings = one.length() > LONGEST ? List.of() : listed(one);
        return !meanings.isEmpty()
                && other.length() <= LONGEST
                && listed(other).stream()
                        .flatMap(meaning -> meaning.properties().stream())
                        .anyMatch(property -> meanings.stream().anyMatch(meaning -> meaning.rank(property) >= 0));
    }

    /** Whether a value is one of the words of a meaning, for example {@code (leaver)}. */
    public static boolean means(String value, String meaning) {
        return meanings(value).stream().anyMatch(known -> known.properties().contains(meaning));
    }

    /**
     * A name without the differences between people and systems: case, accents, white space and punctuation. A name that is longer than any
     * known one stays as it is: normalizing a long run of accents costs the square of its length.
     */
    public static String folded(String name) {
        if (name.length() > LONGEST) {
            return name;
        }
        String plain = Normalizer.normalize(name.replace("#", "no").replace("ß", "ss"), Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT);
        StringBuilder folded = new StringBuilder(plain.length());
        plain.codePoints().filter(Character::isLetterOrDigit).forEach(folded::appendCodePoint);
        return folded.toString();
    }
}
