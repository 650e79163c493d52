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
                    best(target, byOwnName, chosen).ifPresent(choice -> {
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
        return new Proposal(
                choices,
                externalId.column().isEmpty() ? Map.of() : new ProposedDocument(columns).of(choices, file),
                remark(id, externalId));
    }

    /** An ID that few people lack or share is a fault of the export, which a person can find only if they are told. */
    private Optional<String> remark(Target id, Choice chosen) {
        if (chosen.column().isPresent()) {
            return columns.stream().anyMatch(ColumnContent::holdsMostlyEmails) && chosen.why() != Why.EXACT
                    ? Optional.of("The external ID is proposed from the column "
                            + shown(chosen.column().get())
                            + " and not from an email address, because addresses change.")
                    : Optional.empty();
        }
        return columns.stream()
                .filter(column -> column.cells() > 0 && !column.isEmpty() && !column.holdsSomeEmails())
                .flatMap(column -> candidate(column, id).stream())
                .min(Candidate.LIKELIEST_FIRST)
                .map(candidate -> "The column " + shown(candidate.column())
                        + " looks like the external ID, but isn't proposed: of its "
                        + candidate.column().cells()
                        + " cells " + candidate.column().empty() + " are empty, and "
                        + candidate.column().repeated() + " repeat a value of an earlier one.");
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
        Optional<Candidate> named = ids.stream()
                .flatMap(column -> candidate(column, target).stream())
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
                        && KnownNames.meanings(lastName(column)).isEmpty()
                        && !KnownNames.isOfThings(column.name())
                        && column.cells() > 2)
                .toList();
        return alike.size() == 1
                ? new Choice(target, Optional.of(alike.get(0)), Why.CONTENT)
                : new Choice(target, Optional.empty(), Why.NONE);
    }

    private Optional<Choice> best(Target target, boolean byOwnName, Map<String, Choice> chosen) {
        List<Candidate> candidates = columns.stream()
                .filter(column -> !taken.contains(column.name()))
                .filter(column -> fits(target.name(), column, chosen))
                .flatMap(column -> candidate(column, target).stream())
                .filter(candidate -> !byOwnName || candidate.why() == Why.EXACT || candidate.why() == Why.LABEL)
                .sorted(Candidate.LIKELIEST_FIRST)
                .toList();
        return candidates.stream()
                .findFirst()
                .map(first -> new Choice(target, Optional.of(first.column()), first.why()));
    }

    static Optional<Candidate> candidate(ColumnContent column, Target target) {
        String name = column.name();
        int unfilled = column.isEmpty() ? UNFILLED : 0;
        if (name.equals(target.name())) {
            return Optional.of(new Candidate(column, Why.EXACT, 0));
        }
        String folded = KnownNames.folded(name);
        if (folded.equals(KnownNames.folded(target.name())) || folded.equals(KnownNames.folded(target.title()))) {
            return Optional.of(new Candidate(column, Why.LABEL, 1));
        }
        List<KnownNames.Meaning> meanings = meanings(column);
        return meanings.stream()
                .filter(meaning -> rank(meaning, target) >= 0)
                .map(meaning -> new Candidate(
                        column,
                        meaning.system() ? Why.VENDOR : Why.SYNONYM,
                        2 + rank(meaning, target) * 2 + (meaning.uncertain() ? UNCERTAIN : 0) + unfilled))
                .min(Candidate.LIKELIEST_FIRST);
    }

    /** A nested member has the meaning of its whole path, or else of its last name. */
    static List<KnownNames.Meaning> meanings(ColumnContent column) {
        List<KnownNames.Meaning> whole = KnownNames.meanings(column.name());
        return whole.isEmpty() ? KnownNames.meanings(lastName(column)) : whole;
    }

    /** The last name of a path; a period with a space behind it is an abbreviation's. */
    private static String lastName(ColumnContent column) {
        String name = column.name();
        int period = name.lastIndexOf('.');
        return period + 1 < name.length() && name.charAt(period + 1) != ' ' ? name.substring(period + 1) : name;
    }

    /** How close a meaning is to a property: by the property's name, or by the meaning of that name. */
    private static int rank(KnownNames.Meaning meaning, Target target) {
        int rank = meaning.rank(target.name());
        if (rank >= 0) {
            return rank;
        }
        boolean same = !target.name().equals(Proposal.EXTERNAL_ID)
                && !meaning.properties().contains(Proposal.EXTERNAL_ID)
                && KnownNames.meanings(target.name()).stream()
                        .anyMatch(own -> !own.uncertain() && own.properties().equals(meaning.properties()));
        return same ? meaning.properties().size() : -1;
    }

    /** Whether a column's cells are consistent with its name. */
    private boolean fits(String property, ColumnContent column, Map<String, Choice> chosen) {
        if (column.isEmpty()) {
            return !property.equals(USER_NAME) || column.cells() == 0;
        }
        if (property.equals(EMAIL) || property.equals(SECOND_EMAIL)) {
            return column.holdsSomeEmails() || KnownNames.folded(column.name()).equals(KnownNames.folded(property));
        }
        boolean isName = KnownNames.folded(column.name()).equals("name");
        if (property.equals(LAST_NAME) && isName) {
            // "Name" beside "Vorname" is a family's name, alone it is all of it.
            return columns.stream().anyMatch(other -> !other.equals(column) && means(other, FIRST_NAME))
                    && columns.stream().noneMatch(other -> !other.equals(column) && means(other, LAST_NAME));
        }
        if (property.equals(FIRST_NAME) && KnownNames.folded(column.name()).equals("nome")) {
            return columns.stream().anyMatch(other -> !other.equals(column) && means(other, LAST_NAME));
        }
        return !column.holdsSomeEmails() || property.equals(USER_NAME) || !isPersonal(property);
    }

    private static boolean isPersonal(String property) {
        return StandardProperty.named(property).isPresent();
    }

    private static boolean means(ColumnContent column, String property) {
        return meanings(column).stream().anyMatch(meaning -> !meaning.uncertain() && meaning.rank(property) == 0);
    }

    /** A column of addresses whose name has no other meaning. */
    private void fillEmail(List<Choice> choices) {
        for (int i = 1; i < choices.size(); i++) {
            Choice choice = choices.get(i);
            if (choice.target().name().equals(EMAIL) && choice.column().isEmpty()) {
                List<ColumnContent> alike = columns.stream()
                        .filter(column -> column.holdsEmails()
                                && !taken.contains(column.name())
                                && KnownNames.meanings(lastName(column)).isEmpty())
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
