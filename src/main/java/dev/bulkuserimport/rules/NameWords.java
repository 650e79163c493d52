package dev.bulkuserimport.rules;

import dev.bulkuserimport.rules.KnownNames.Meaning;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The words of a column's name that isn't known as a whole. What they mean is always uncertain: it counts only where no other column is
 * known to mean the same.
 *
 * @param words in lower case, without accents
 */
record NameWords(List<String> words) {

    private static final String EXTERNAL_ID = "externalId";
    private static final String NUMBER = "(number)";
    private static final String PERSON = "(person)";
    private static final String ASIDE = "(aside)";
    private static final String THING = "(thing)";
    private static final String OTHER = "(other)";
    private static final String SECTION = "(section)";
    private static final String LOGIN = "(login)";
    private static final String ADDRESS = "(address)";
    private static final String SALUTATION = "(salutation)";
    private static final String PEOPLE = "(people)";

    /** What is often called a number itself. */
    private static final List<String> NUMBERS = List.of("costCenter", "mobilePhone");

    private static final String MANAGER = "manager";

    /** The most letters between the parts of a compound, like the "s" of "Vertragsnummer". */
    private static final int LONGEST_JOINT = 2;

    /** Words for the name of anything but a person. */
    private static final List<String> POSITIONS =
            List.of("title", "description", "descr", "desc", "intitule", "libelle");

    /** The kinds of word that the table of names lists. */
    static final List<String> KINDS =
            List.of(NUMBER, PERSON, ASIDE, THING, OTHER, SECTION, LOGIN, ADDRESS, SALUTATION, PEOPLE);

    /** An address at home and one at work differ by just such a word, and an identity is what it is called. */
    private static final List<String> ONLY_WHOLE =
            List.of("email", "secondEmail", "homeAddress", "userName", EXTERNAL_ID);

    /** Words end at white space and punctuation, and before a capital behind a small letter. */
    static NameWords of(String name) {
        List<String> words = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= name.length(); i++) {
            boolean part = i < name.length() && isPart(name.charAt(i));
            boolean capital = part && i > from && isCapitalBehindSmall(name, i);
            if (!part || capital) {
                String word = KnownNames.folded(name.substring(from, i));
                if (!word.isEmpty()) {
                    words.add(word);
                }
                from = capital ? i : i + 1;
            }
        }
        return new NameWords(List.copyOf(words));
    }

    private static boolean isPart(char c) {
        return Character.isLetterOrDigit(c)
                || c == '#'
                || c == 'º'
                || c == '°'
                || Character.getType(c) == Character.NON_SPACING_MARK;
    }

    private static boolean isCapitalBehindSmall(String name, int i) {
        return Character.isUpperCase(name.charAt(i)) && Character.isLowerCase(name.charAt(i - 1));
    }

    /** The words in an order that doesn't depend on the name's. */
    String sorted() {
        return String.join(" ", words.stream().sorted().toList());
    }

    /** Whether it is the name of something that has numbers of its own, so that a column of them isn't one of people. */
    static boolean isThing(String name) {
        return of(name).words().stream().anyMatch(word -> means(word, THING) || isNumberOf(word, THING));
    }

    /** Whether it names someone else, several people or what was before; "HR" and "HR Data" are sections of the person's own data. */
    static boolean isOther(String name) {
        List<String> words = of(name).words();
        return words.stream().anyMatch(word -> means(word, OTHER) || isNumberOf(word, OTHER))
                && words.stream().anyMatch(word -> !means(word, ASIDE) && !means(word, SECTION));
    }

    /** Whether a compound begins with such a word and ends with one for a number: "Vertragsnummer", "上司コード". */
    private static boolean isNumberOf(String word, String kind) {
        return IntStream.range(1, word.length())
                .filter(end -> isFirstPart(word.substring(0, end)) && means(word.substring(0, end), kind))
                .anyMatch(end -> IntStream.rangeClosed(end, Math.min(end + joint(word, end), word.length() - 1))
                        .anyMatch(from -> isPartWith(word.substring(from), NUMBER)));
    }

    /** A short word may begin any other one, as "hr" begins "HRIS ID"; a single ideograph may be a word. */
    private static boolean isFirstPart(String part) {
        return part.length() > 2 || Character.isIdeographic(part.codePointAt(0));
    }

    /** Behind an ideograph nothing joins two words: what comes next is one. */
    private static int joint(String word, int end) {
        return Character.isIdeographic(word.codePointBefore(end)) ? 0 : LONGEST_JOINT;
    }

    /** A single letter is a part of any word; a single character may be a word. */
    private static boolean isPartWith(String part, String kind) {
        return (part.length() > 1 || Character.isIdeographic(part.codePointAt(0))) && means(part, kind);
    }

    static boolean isManager(Meaning meaning) {
        return meaning.properties().contains(MANAGER);
    }

    /** Whether it names a login or an address, and nothing that tells of whom it is. */
    static boolean isOwnAddress(String name) {
        return of(name).words().stream()
                .allMatch(word -> means(word, LOGIN)
                        || means(word, ADDRESS)
                        || means(word, ASIDE)
                        || means(word, PERSON)
                        || means(word, SECTION));
    }

    /** Whether it is what APIs call a list of people. */
    static boolean isPeople(String name) {
        return means(KnownNames.folded(name), PEOPLE);
    }

    static boolean isSalutation(String value) {
        List<String> words = of(value).words();
        return !words.isEmpty() && words.stream().allMatch(word -> means(word, SALUTATION));
    }

    /** The same words in another order; a number of a person; or a known name beside words that say nothing of what it is. */
    List<Meaning> meanings() {
        if (words.size() < 2) {
            return List.of();
        }
        List<Meaning> reordered = KnownNames.ofWords(sorted());
        if (!reordered.isEmpty()) {
            return uncertain(reordered);
        }
        List<String> telling =
                words.stream().filter(word -> !means(word, ASIDE)).toList();
        if (isNumberOfPerson(telling)) {
            return List.of(new Meaning(List.of(EXTERNAL_ID), false, true));
        }
        List<String> rest =
                telling.stream().filter(word -> !means(word, NUMBER)).toList();
        if (rest.isEmpty() || rest.size() == words.size()) {
            return List.of();
        }
        boolean isNumber = rest.size() < telling.size();
        List<Meaning> known = KnownNames.whole(String.join(" ", rest));
        return uncertain((known.isEmpty() ? KnownNames.ofWords(new NameWords(rest).sorted()) : known)
                .stream()
                        .filter(meaning -> ONLY_WHOLE.stream().noneMatch(meaning.properties()::contains)
                                && !(isManager(meaning) && isOfPosition())
                                && (!isNumber || NUMBERS.stream().anyMatch(meaning.properties()::contains)))
                        .toList());
    }

    /** "Title" beside a department is its name, beside a manager a position. */
    private boolean isOfPosition() {
        return words.stream().anyMatch(POSITIONS::contains);
    }

    private static boolean isNumberOfPerson(List<String> words) {
        return words.stream().anyMatch(word -> means(word, NUMBER))
                && words.stream().anyMatch(word -> means(word, PERSON))
                && words.stream().allMatch(word -> means(word, NUMBER) || means(word, PERSON));
    }

    private static boolean means(String word, String meaning) {
        return KnownNames.kinds(word).contains(meaning);
    }

    private static List<Meaning> uncertain(List<Meaning> known) {
        List<Meaning> uncertain = new ArrayList<>();
        known.forEach(meaning -> uncertain.add(new Meaning(meaning.properties(), meaning.system(), true)));
        return uncertain;
    }
}
