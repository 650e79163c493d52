package dev.bulkuserimport.rules;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The constraints of an application's schema on a property's values. Okta doesn't document whether it enforces them on import, so they are
 * enforced before anything is sent.
 *
 * @param type the type of a value
 * @param readOnly whether the property can't be set ({@code mutability: READ_ONLY}; {@code permissions} only concern the end user)
 * @param allowed the values of an {@code enum}; empty for any
 * @param minLength the minimum of characters (code points)
 * @param maxLength the maximum of characters (code points)
 */
public record Constraint(Type type, boolean readOnly, List<String> allowed, int minLength, int maxLength) {

    /** Any text. */
    public static final Constraint NONE = new Constraint(Type.TEXT, false, List.of(), 0, Integer.MAX_VALUE);

    private static final Fault READ_ONLY =
            Fault.of("can't be set: it is read-only in the application's schema (mutability)");
    private static final Fault NO_INTEGER =
            Fault.of("must be a whole number: its type in the application's schema is integer");
    private static final Fault NO_NUMBER = Fault.of("must be a number: its type in the application's schema is number");
    private static final Fault NO_BOOLEAN =
            Fault.of("must be true or false: its type in the application's schema is boolean");
    private static final Fault NOT_ALLOWED =
            Fault.of("must be one of the values that the application's schema allows (enum)");

    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d+(?:\\.0+)?");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)");
    private static final Pattern SCIENTIFIC = Pattern.compile("[+-]?[\\d.,]+[eE][+-]?\\d+");

    /** The type of a value, which is given as text. */
    public enum Type {
        TEXT,
        INTEGER,
        NUMBER,
        BOOLEAN;

        /** The type named in a schema; text for types whose values have no fixed format. */
        public static Type of(String name) {
            return switch (name) {
                case "integer" -> INTEGER;
                case "number" -> NUMBER;
                case "boolean" -> BOOLEAN;
                default -> TEXT;
            };
        }
    }

    public Constraint {
        allowed = List.copyOf(allowed);
    }

    /** Whether it allows any value. */
    public boolean isNone() {
        return equals(NONE);
    }

    /** What is wrong with a value, described without the value. */
    public Optional<Fault> fault(char[] text, int offset, int length) {
        if (readOnly) {
            return Optional.of(READ_ONLY);
        }
        String value = new String(text, offset, length);
        return typeFault(value).or(() -> lengthFault(value)).or(() -> allowedFault(value));
    }

    private Optional<Fault> typeFault(String value) {
        return switch (type) {
            case TEXT -> Optional.empty();
            case INTEGER -> numberFault(value, INTEGER, NO_INTEGER);
            case NUMBER -> numberFault(value, NUMBER, NO_NUMBER);
            case BOOLEAN ->
                value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false")
                        ? Optional.empty()
                        : Optional.of(NO_BOOLEAN);
        };
    }

    private static Optional<Fault> numberFault(String value, Pattern form, Fault otherwise) {
        if (form.matcher(value).matches()) {
            return Optional.empty();
        }
        return Optional.of(SCIENTIFIC.matcher(value).matches() ? IdentityText.SHORTENED : otherwise);
    }

    private Optional<Fault> lengthFault(String value) {
        int characters = value.codePointCount(0, value.length());
        if (characters >= minLength && characters <= maxLength) {
            return Optional.empty();
        }
        return Optional.of(Fault.ofLength(characters, "the application's schema allows", minLength, maxLength));
    }

    private Optional<Fault> allowedFault(String value) {
        return allowed.isEmpty() || allowed.stream().anyMatch(one -> isSame(one, value))
                ? Optional.empty()
                : Optional.of(NOT_ALLOWED);
    }

    private boolean isSame(String one, String value) {
        return switch (type) {
            case TEXT -> one.equals(value);
            case BOOLEAN -> one.equalsIgnoreCase(value);
            case INTEGER, NUMBER ->
                NUMBER.matcher(one).matches()
                        ? new BigDecimal(one).compareTo(new BigDecimal(value)) == 0
                        : one.equals(value);
        };
    }
}
