package dev.bulkuserimport.rules;

import java.util.Optional;

/** The rules for external IDs. Source: Okta's limit of 512 characters; for damaged IDs see {@link IdentityText}. */
public final class ExternalId {

    private ExternalId() {}

    /** What is wrong with an external ID that is present, described without its value. */
    public static Optional<Fault> fault(char[] text, int offset, int length) {
        if (Edges.isBlank(text, offset, offset + length)) {
            return Optional.of(Fault.of("is blank"));
        }
        if (length > OktaLimits.EXTERNAL_ID_LENGTH) {
            int characters = Character.codePointCount(text, offset, length);
            if (characters > OktaLimits.EXTERNAL_ID_LENGTH) {
                return Optional.of(Fault.ofLength(characters, "Okta accepts", 0, OktaLimits.EXTERNAL_ID_LENGTH));
            }
        }
        return RecordText.fault(text, offset, length)
                .or(() -> IdentityText.edges(text, offset, length))
                .or(() -> IdentityText.damage(text, offset, length))
                .or(() -> Lookalike.fault(text, offset, length));
    }

    /** What a spreadsheet or a database has done to an ID, to be found before zeros or a prefix are put in front of it. */
    public static Optional<Fault> damage(String text) {
        return IdentityText.damage(text.toCharArray(), 0, text.length());
    }

    /** Whether an ID fits on one line of text; those that Okta has from elsewhere may not follow the rules. */
    public static boolean isPrintable(String id) {
        return id.chars().noneMatch(c -> IdentityText.isLineBreak((char) c));
    }
}
