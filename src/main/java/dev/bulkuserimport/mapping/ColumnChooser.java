package dev.bulkuserimport.mapping;

import dev.bulkuserimport.mapping.Proposal.Choice;
import dev.bulkuserimport.mapping.Proposal.Target;
import dev.bulkuserimport.mapping.Proposal.Why;
import dev.bulkuserimport.rules.KnownNames;
import dev.bulkuserimport.rules.StandardProperty;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Chooses a column for each property, with the reason. */
final class ColumnChooser {

    private static final String USER_NAME = StandardProperty.USER_NAME.propertyName();
    private static final String EMAIL = StandardProperty.EMAIL.propertyName();
    private static final String SECOND_EMAIL = StandardProperty.SECOND_EMAIL.propertyName();
    private static final String FIRST_NAME = StandardProperty.FIRST_NAME.propertyName();
    private static final String LAST_NAME = StandardProperty.LAST_NAME.propertyName();

    /** A candidate column; a lower rank means more likely. */
    record Candidate(ColumnContent column, Why why, int rank) {
        static final Comparator<Candidate> LIKELIEST_FIRST = Comparator.comparingInt(Candidate::rank)
                .thenComparing(Candidate::why)
                .thenComparing(candidate -> candidate.column().holdsCodes());
    }

    /** Uncertain names of an external ID that a numbering of the rows has as well; "ID" or "Code" may count from 1 in a small company. */
    private static final Set<String> ROW_NUMBERS =
            Set.of("no", "n", "nr", "num", "number", "nummer", "numero", "numer", "番号");

    /** Names that the title of a position and the title of a person have. */
    private static final Set<String> TITLES = Set.of("title", "titel", "titre", "titulo", "titolo");

    private static final int LONGEST_SHOWN = 100;
    private static final int UNCERTAIN = 100;
    private static final int UNFILLED = 1_000;

    private final List<ColumnContent> columns;
    private final Set<String> taken = new HashSet<>();

    ColumnChooser(List<ColumnContent> columns) {
        this.columns = columns;
    }

    Proposal propose(List<Target> targets, Map<String, Object> file) {
        Target id = new Target(Proposal.EXTERNAL_ID, "External ID", true);
        Choice externalId = externalId(id);
        Map<String, Choice> chosen = new LinkedHashMap<>();
        // A column with a property's own name belongs to that property, whatever else it could mean.
        for (boolean byOwnName : new boolean[] {true, false}) {
            for (Target target : targets) {
                if (!chosen.containsKey(target.name())) {
                    best(target, byOwnName).ifPresent(choice -> {
                        chosen.put(target.name(), choice);
                        choice.column().ifPresent(column -> taken.add(column.name()));
                    });
                }
            }
        }
        List<Choice> choices = new ArrayList<>(List.of(externalId));
        targets.forEach(target ->
                choices.add(chosen.getOrDefault(target.name(), new Choice(target, Optional.empty(), Why.NONE))));
        fillEmail(choices);
        fillUserName(choices);
        List<String> remarks = new ArrayList<>(remark(id, externalId).stream().toList());
        if (externalId.column().isEmpty()) {
            return new Proposal(choices, Map.of(), remarks);
        }
        ProposedDocument document = new ProposedDocument(columns, choices);
        document.undecided()
                .map(column -> "The column " + shown(column)
                        + " may say who has left, but none of its values is known to mean it. If people who have left"
                        + " are in the file, add a rule deactivate to the mapping: without one, they are imported as"
                        + " active.")
                .ifPresent(remarks::add);
        return new Proposal(choices, document.of(file), remarks);
    }

    /** An ID that few people lack or share is a fault of the export, which a person can find only if it is reported. */
    private Optional<String> remark(Target id, Choice chosen) {
        if (chosen.column().isPresent()) {
            return columns.stream().anyMatch(ColumnContent::holdsMostlyEmails)
                            && chosen.why() != Why.EXACT
                            && chosen.why() != Why.LABEL
                    ? Optional.of("The external ID is proposed from the column "
                            + shown(chosen.column().get())
                            + " and not from an email address, because addresses change.")
                    : Optional.empty();
        }
        Sought sought = Sought.of(id);
        return columns.stream()
                .filter(column -> column.cells() > 0 && !column.isEmpty() && !column.holdsSomeEmails())
                .flatMap(column -> candidate(column, sought).stream())
                .filter(candidate -> !isRowCount(candidate))
                .min(Candidate.LIKELIEST_FIRST)
                .map(Candidate::column)
                .map(column -> "The column " + shown(column)
                        + " looks like the external ID, but isn't proposed: of its "
                        + column.cells() + " cells " + column.empty() + (column.empty() == 1 ? " is" : " are")
                        + " empty, and " + column.repeated()
                        + (column.repeated() == 1 ? " repeats" : " repeat") + " a value of an earlier one.")
                .or(() -> columns.stream()
                        .filter(ColumnContent::isRowCount)
                        .findFirst()
                        .map(column -> "The column " + shown(column)
                                + " isn't proposed for the external ID: it numbers the rows, and the next export may"
                                + " give a person another number."));
    }

    private static String shown(ColumnContent column) {
        String name = column.name();
        return name.length() > LONGEST_SHOWN ? name.substring(0, LONGEST_SHOWN) + "…" : name;
    }

    /** The most likely column with an ID unique to each person; email addresses change, so they don't count. */
    private Choice externalId(Target target) {
        List<ColumnContent> ids = columns.stream()
                .filter(column -> column.isUniqueAndFilled() && !column.holdsSomeEmails())
                .toList();
        Sought sought = Sought.of(target);
        Optional<Candidate> named = ids.stream()
                .flatMap(column -> candidate(column, sought).stream())
                .filter(candidate -> !isRowCount(candidate))
                .min(Candidate.LIKELIEST_FIRST);
        if (named.isPresent()) {
            return new Choice(
                    target, Optional.of(named.get().column()), named.get().why());
        }
        // An export begins with what identifies its rows; further behind, an unknown column of unique values is
        // anything.
        List<ColumnContent> alike = ids.stream()
                .filter(column -> column.equals(columns.get(0))
                        && column.looksLikeIds()
                        && !column.isRowCount()
                        && KnownNames.meanings(column.lastName()).isEmpty()
                        && !KnownNames.isOfThings(column.name())
                        && !KnownNames.isOfOthers(column.name())
                        && column.cells() > 2)
                .toList();
        return alike.size() == 1
                ? new Choice(target, Optional.of(alike.get(0)), Why.CONTENT)
                : new Choice(target, Optional.empty(), Why.NONE);
    }

    /** Whether a column that may be called anything numbers the rows. */
    private static boolean isRowCount(Candidate candidate) {
        return candidate.rank() >= UNCERTAIN && isRowCount(candidate.column());
    }

    static boolean isRowCount(ColumnContent column) {
        return column.isRowCount() && ROW_NUMBERS.contains(KnownNames.folded(column.lastName()));
    }

    private Optional<Choice> best(Target target, boolean byOwnName) {
        Sought sought = Sought.of(target);
        List<Candidate> candidates = columns.stream()
                .filter(column -> !taken.contains(column.name()))
                .filter(column -> fits(target.name(), column))
                .flatMap(column -> candidate(column, sought).stream())
                .filter(candidate -> !byOwnName || candidate.why() == Why.EXACT || candidate.why() == Why.LABEL)
                .sorted(Candidate.LIKELIEST_FIRST)
                .toList();
        return candidates.stream()
                .findFirst()
                .map(first -> new Choice(target, Optional.of(first.column()), first.why()));
    }

    /** A property, with what is compared with each column's name. */
    record Sought(String name, Set<String> folded, List<KnownNames.Meaning> meanings) {

        static Sought of(Target target) {
            return new Sought(
                    target.name(),
                    new HashSet<>(List.of(KnownNames.folded(target.name()), KnownNames.folded(target.title()))),
                    KnownNames.meanings(target.name()));
        }
    }

    static Optional<Candidate> candidate(ColumnContent column, Sought sought) {
        int unfilled = column.isEmpty() ? UNFILLED : 0;
        if (column.name().equals(sought.name())) {
            return Optional.of(new Candidate(column, Why.EXACT, 0));
        }
        if (sought.folded().contains(column.foldedName())) {
            return Optional.of(new Candidate(column, Why.LABEL, 1));
        }
        return column.meanings().stream()
                .filter(meaning -> rank(meaning, sought) >= 0)
                .map(meaning -> new Candidate(
                        column,
                        meaning.system() ? Why.VENDOR : Why.SYNONYM,
                        2 + rank(meaning, sought) * 2 + (meaning.uncertain() ? UNCERTAIN : 0) + unfilled))
                .min(Candidate.LIKELIEST_FIRST);
    }

    /** How close a meaning is to a property: by the property's name, or by the meaning of that name. */
    private static int rank(KnownNames.Meaning meaning, Sought sought) {
        int rank = meaning.rank(sought.name());
        if (rank >= 0) {
            return rank;
        }
        boolean same = !sought.name().equals(Proposal.EXTERNAL_ID)
                && !meaning.properties().contains(Proposal.EXTERNAL_ID)
                && sought.meanings().stream()
                        .anyMatch(own -> !own.uncertain() && own.properties().equals(meaning.properties()));
        return same ? meaning.properties().size() : -1;
    }

    /** Whether a column's cells are consistent with its name. */
    private boolean fits(String property, ColumnContent column) {
        if (column.isEmpty()) {
            return !property.equals(USER_NAME) || column.cells() == 0;
        }
        if (property.equals(USER_NAME) && column.holdsWords()) {
            // Some systems use this column for the person's full name.
            return column.name().equals(USER_NAME);
        }
        if (property.equals(EMAIL) || property.equals(SECOND_EMAIL)) {
            return column.holdsSomeEmails() || column.foldedName().equals(KnownNames.folded(property));
        }
        if (TITLES.contains(KnownNames.folded(column.lastName())) && column.holdsSalutations()) {
            return KnownNames.meanings(property).stream().noneMatch(meaning -> meaning.rank("title") >= 0);
        }
        boolean isName = column.foldedName().equals("name");
        if (property.equals(LAST_NAME) && isName) {
            // "Name" beside "Vorname" is a family's name, alone it is all of it.
            return columns.stream().anyMatch(other -> !other.equals(column) && means(other, FIRST_NAME))
                    && columns.stream().noneMatch(other -> !other.equals(column) && means(other, LAST_NAME));
        }
        if (property.equals(FIRST_NAME) && column.foldedName().equals("nome")) {
            return columns.stream().anyMatch(other -> !other.equals(column) && means(other, LAST_NAME));
        }
        return !column.holdsSomeEmails() || property.equals(USER_NAME) || !isPersonal(property);
    }

    private static boolean isPersonal(String property) {
        return StandardProperty.named(property).isPresent();
    }

    private static boolean means(ColumnContent column, String property) {
        return column.meanings().stream().anyMatch(meaning -> !meaning.uncertain() && meaning.rank(property) == 0);
    }

    /** A column of addresses whose name has no other meaning; any word that isn't known may be another person's. */
    private void fillEmail(List<Choice> choices) {
        for (int i = 1; i < choices.size(); i++) {
            Choice choice = choices.get(i);
            if (choice.target().name().equals(EMAIL) && choice.column().isEmpty()) {
                List<ColumnContent> alike = columns.stream()
                        .filter(column -> column.holdsEmails()
                                && !taken.contains(column.name())
                                && KnownNames.meanings(column.lastName()).isEmpty()
                                && KnownNames.isOwnAddress(column.name())
                                && !KnownNames.isOfOthers(column.name()))
                        .toList();
                if (alike.size() == 1) {
                    choices.set(i, new Choice(choice.target(), Optional.of(alike.get(0)), Why.CONTENT));
                }
            }
        }
    }

    /** Without a login column, the work email address is the login, unless many people share one. */
    private void fillUserName(List<Choice> choices) {
        Optional<Choice> email = choices.stream()
                .filter(choice -> choice.target().name().equals(EMAIL))
                .findFirst()
                .filter(choice -> choice.column()
                        .filter(column -> column.isMostlyUnique() && column.holdsMostlyEmails())
                        .isPresent());
        for (int i = 1; i < choices.size() && email.isPresent(); i++) {
            Choice choice = choices.get(i);
            if (choice.target().name().equals(USER_NAME) && choice.column().isEmpty()) {
                choices.set(
                        i,
                        new Choice(
                                choice.target(),
                                email.get().column(),
                                email.get().why()));
            }
        }
    }
}
