package dev.bulkuserimport.mapping;

import dev.bulkuserimport.rules.Edges;
import dev.bulkuserimport.rules.StandardProperty;
import java.nio.charset.Charset;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns a mapping's tree into a mapping, or reports all its errors. */
final class MappingReader {

    /** The most properties of a profile. An application's schema has a few hundred at most. */
    private static final int MOST_PROPERTIES = 1_000;

    /** The most characters of a property name. Okta's own limit is lower, and depends on the property. */
    private static final int LONGEST_NAME = 255;

    private static final int MOST_SKIPPED_LINES = 1_000;

    private static final String EXTERNAL_ID = "externalId";

    private final MappingErrors errors;
    private final MappingColumns columns;
    private final RuleReader rules;
    private final RowRulesReader rowRules;
    private final GroupRulesReader groupRules;

    private MappingReader(MappingErrors errors) {
        this.errors = errors;
        this.columns = new MappingColumns(errors);
        this.rules = new RuleReader(columns, errors);
        this.rowRules = new RowRulesReader(columns, errors);
        this.groupRules = new GroupRulesReader(rules, errors);
    }

    static Mapping read(Tree tree, MappingErrors errors) {
        return new MappingReader(errors).mapping(tree);
    }

    private Mapping mapping(Tree tree) {
        if (!(tree instanceof Tree.Members document)) {
            throw MappingErrors.one(MappingErrors.ROOT, "must be an object");
        }
        Optional<ValueRule> externalId = Optional.empty();
        List<PropertyRule> properties = new ArrayList<>();
        RowRules deactivate = RowRules.NONE;
        RowRules skip = RowRules.NONE;
        List<GroupRule> groups = List.of();
        boolean deletesGone = false;
        FileLayout file = FileLayout.UNTOLD;
        if (!document.members().containsKey(EXTERNAL_ID)) {
            errors.add(MappingErrors.ROOT + "." + EXTERNAL_ID, "is missing: name the column with the external ID");
        }
        for (Map.Entry<String, Tree> member : document.members().entrySet()) {
            String path = MappingErrors.path(MappingErrors.ROOT, member.getKey());
            Tree value = member.getValue();
            switch (member.getKey()) {
                case EXTERNAL_ID -> {
                    externalId = rules.read(path, value).map(ValueRule::ofId);
                    externalId
                            .filter(rule -> rule.origin() instanceof Origin.Constant)
                            .ifPresent(rule -> errors.add(path, "is a constant: each person needs their own"));
                }
                case "profile" -> properties = properties(path, value);
                case "deactivate" -> deactivate = rowRules.read(path, value);
                case "skip" -> skip = rowRules.read(path, value);
                case "groups" -> groups = groupRules.rules(path, value);
                case "groupsGone" -> deletesGone = groupRules.deletesGone(path, value);
                case "file" -> file = file(path, value);
                default ->
                    errors.add(
                            path,
                            "is not a member of a mapping: it has externalId, profile, groups, groupsGone, deactivate, skip and"
                                    + " file");
            }
        }
        rowRules.refuseOverlap(deactivate, skip);
        if (deletesGone && groups.isEmpty() && errors.isEmpty()) {
            errors.add(MappingErrors.path(MappingErrors.ROOT, "groupsGone"), "needs groups beside it");
        }
        if (!errors.isEmpty()) {
            throw errors.problem();
        }
        return new Mapping(
                columns.names(),
                externalId.orElseThrow(),
                properties,
                deactivate,
                skip,
                new GroupRules(groups, deletesGone),
                file,
                Clock.systemUTC());
    }

    private List<PropertyRule> properties(String path, Tree tree) {
        List<PropertyRule> properties = new ArrayList<>();
        if (!(tree instanceof Tree.Members profile)) {
            errors.add(path, "must be an object of property names and where their values come from");
            return properties;
        }
        if (profile.members().isEmpty()) {
            errors.add(path, "is empty");
        }
        if (profile.members().size() > MOST_PROPERTIES) {
            errors.add(path, "has " + profile.members().size() + " properties; the maximum is " + MOST_PROPERTIES);
            return properties;
        }
        profile.members().forEach((name, value) -> {
            String below = MappingErrors.path(path, name);
            nameFault(name).ifPresent(fault -> errors.add(below, fault));
            boolean isLogin = name.equals(StandardProperty.USER_NAME.propertyName());
            rules.read(below, value)
                    .map(rule -> isLogin ? rule.ofId() : rule)
                    .ifPresent(rule -> properties.add(new PropertyRule(name, rule)));
        });
        return properties;
    }

    /** What is wrong with a property name, in any application. */
    private static Optional<String> nameFault(String name) {
        if (name.isBlank()) {
            return Optional.of("has no name");
        }
        if (name.length() > LONGEST_NAME) {
            return Optional.of("has a name with " + name.length() + " characters; the maximum is " + LONGEST_NAME);
        }
        if (!Edges.trimmed(name).equals(name) || name.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("has a name with leading or trailing white space, or with a control character");
        }
        if (name.equalsIgnoreCase(EXTERNAL_ID) || name.equalsIgnoreCase("External ID")) {
            return Optional.of("is not a property: externalId belongs next to profile");
        }
        if (name.equals("rejectedBecause")) {
            return Optional.of("is never a property: it is the column with the reasons in a file of rejected rows");
        }
        if (StandardProperty.named(name).isEmpty()) {
            for (StandardProperty standard : StandardProperty.values()) {
                if (name.equalsIgnoreCase(standard.label())) {
                    return Optional.of("is the card's label: the property's name is " + standard.propertyName());
                }
            }
        }
        return Optional.empty();
    }

    private FileLayout file(String path, Tree tree) {
        if (!(tree instanceof Tree.Members members)) {
            errors.add(path, "must be an object");
            return FileLayout.UNTOLD;
        }
        Map<String, Tree> file = new LinkedHashMap<>(members.members());
        Optional<Character> separator = member(path, file, "separator").flatMap(this::separator);
        Optional<Charset> encoding = member(path, file, "encoding").flatMap(this::encoding);
        int skipLines = member(path, file, "skipLines").map(this::skipLines).orElse(0);
        Optional<String> sheet = member(path, file, "sheet").flatMap(this::name);
        Optional<String> list = member(path, file, "list").flatMap(this::list);
        file.keySet()
                .forEach(unknown -> errors.add(
                        MappingErrors.path(path, unknown),
                        "is not supported here: use separator, encoding, skipLines, sheet and list"));
        return new FileLayout(separator, encoding, skipLines, sheet, list);
    }

    /** A member's name, or a path to it. */
    private Optional<String> list(Placed member) {
        Optional<String> list = name(member);
        if (list.filter(path -> path.length() > LONGEST_NAME
                        || List.of(path.split("\\.", -1)).contains(""))
                .isPresent()) {
            errors.add(member.path(), "must be a member's name, or a path such as d.results");
            return Optional.empty();
        }
        return list;
    }

    /** A member and its path. */
    private record Placed(String path, Tree value) {}

    private static Optional<Placed> member(String path, Map<String, Tree> members, String name) {
        return Optional.ofNullable(members.remove(name))
                .map(value -> new Placed(MappingErrors.path(path, name), value));
    }

    private Optional<String> text(Placed member, String what) {
        if (member.value() instanceof Tree.Scalar scalar && scalar.kind() == Tree.Kind.TEXT) {
            return Optional.of(scalar.text());
        }
        errors.add(member.path(), "must be " + what);
        return Optional.empty();
    }

    private Optional<Character> separator(Placed member) {
        Optional<String> text = text(member, "one character, for example \";\"");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String separator = text.get();
        if (separator.length() != 1
                || Character.isLetterOrDigit(separator.charAt(0))
                || Character.isSurrogate(separator.charAt(0))
                || "\"\r\n\0\uFEFF\uFFFD".contains(separator)) {
            errors.add(member.path(), "must be the one character between cells, for example , ; | or a tab (\"\\t\")");
            return Optional.empty();
        }
        return Optional.of(separator.charAt(0));
    }

    private Optional<Charset> encoding(Placed member) {
        Optional<String> text = text(member, "the name of an encoding, for example \"windows-1252\"");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Charset.forName(text.get()));
        } catch (IllegalArgumentException e) {
            errors.add(member.path(), "is not a supported encoding; examples are windows-1252, ISO-8859-15, UTF-16LE");
            return Optional.empty();
        }
    }

    private int skipLines(Placed member) {
        if (member.value() instanceof Tree.Scalar scalar
                && scalar.kind() == Tree.Kind.NUMBER
                && scalar.text().matches("\\d{1,4}")
                && Integer.parseInt(scalar.text()) <= MOST_SKIPPED_LINES) {
            return Integer.parseInt(scalar.text());
        }
        errors.add(member.path(), "must be a whole number of lines, 0 to " + MOST_SKIPPED_LINES);
        return 0;
    }

    private Optional<String> name(Placed member) {
        Optional<String> text = text(member, "text");
        if (text.isPresent() && text.get().isBlank()) {
            errors.add(member.path(), "is blank");
            return Optional.empty();
        }
        return text;
    }
}
