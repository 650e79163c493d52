package dev.bulkuserimport.rules;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The profile properties that every Custom Identity Source has, with Okta's lengths in characters (code points).
 *
 * <p>Source: {@code IdentitySourceUserProfileForUpsert} in Okta's management API, and the Workflows card's inputs.
 */
public enum StandardProperty {
    USER_NAME("userName", "User Name", 0, 100, false, false),
    EMAIL("email", "Email", 5, 100, false, true),
    SECOND_EMAIL("secondEmail", "Second Email", 5, 100, false, true),
    FIRST_NAME("firstName", "First Name", 1, 50, true, false),
    LAST_NAME("lastName", "Last Name", 1, 50, true, false),
    MOBILE_PHONE("mobilePhone", "Mobile Phone", 0, 100, true, false),
    HOME_ADDRESS("homeAddress", "Home Address", 0, 4096, true, false);

    private static final Map<String, StandardProperty> BY_NAME = new HashMap<>();

    static {
        for (StandardProperty property : values()) {
            BY_NAME.put(property.propertyName, property);
        }
    }

    private final String propertyName;
    private final String label;
    private final int minLength;
    private final int maxLength;
    private final boolean nullable;
    private final boolean emailAddress;

    StandardProperty(
            String propertyName, String label, int minLength, int maxLength, boolean nullable, boolean emailAddress) {
        this.propertyName = propertyName;
        this.label = label;
        this.minLength = minLength;
        this.maxLength = maxLength;
        this.nullable = nullable;
        this.emailAddress = emailAddress;
    }

    /** The standard property with exactly this name; empty for a custom one. */
    public static Optional<StandardProperty> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** The name in a profile, for example {@code userName}. */
    public String propertyName() {
        return propertyName;
    }

    /** The name on the card, for example {@code User Name}. */
    public String label() {
        return label;
    }

    /** Whether Okta accepts null for it. */
    public boolean nullable() {
        return nullable;
    }

    /** Whether it is an identity, in which lookalike characters do harm. */
    public boolean isIdentity() {
        return emailAddress || this == USER_NAME;
    }

    /** What is wrong with a value, described without the value. */
    public Optional<Fault> fault(char[] text, int offset, int length) {
        // A code point is one or two chars, so most lengths can be judged without counting.
        boolean surelyFits = length >= 2 * minLength && length <= maxLength;
        int characters = surelyFits ? length : Character.codePointCount(text, offset, length);
        if (characters > 0 && isName() && Edges.isBlank(text, offset, offset + length)) {
            characters = 0;
        }
        if (characters < minLength || characters > maxLength) {
            return Optional.of(Fault.ofLength(characters, "Okta accepts", minLength, maxLength));
        }
        if (emailAddress) {
            return IdentityText.edges(text, offset, length).or(() -> EmailAddress.fault(text, offset, length));
        }
        if (this == USER_NAME) {
            return IdentityText.edges(text, offset, length)
                    .or(() -> IdentityText.lines(text, offset, length))
                    .or(() -> IdentityText.damage(text, offset, length));
        }
        return this == MOBILE_PHONE ? IdentityText.shortened(text, offset, length) : Optional.empty();
    }

    private boolean isName() {
        return this == FIRST_NAME || this == LAST_NAME;
    }
}
