package dev.bulkuserimport.rules;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalInt;

/** The card's rule for Users Per Page: 1 to 200, fractions are rounded up, 0 or less is invalid. */
public final class UsersPerPage {

    public static final int DEFAULT = OktaLimits.USERS_PER_REQUEST;

    private static final BigDecimal MAX = BigDecimal.valueOf(OktaLimits.USERS_PER_REQUEST);

    private UsersPerPage() {}

    /** The page size that the card uses for the number; empty if it is out of range. */
    public static OptionalInt of(BigDecimal number) {
        // Compared before rounding: rounding 1e-999999999 would compute a billion digits.
        if (number.signum() <= 0 || number.compareTo(MAX) > 0) {
            return OptionalInt.empty();
        }
        if (number.compareTo(BigDecimal.ONE) <= 0) {
            return OptionalInt.of(1);
        }
        return OptionalInt.of(number.setScale(0, RoundingMode.CEILING).intValueExact());
    }
}
