package dev.bulkuserimport.support;

import dev.bulkuserimport.plan.Guards;
import java.util.Optional;

/** The limits of a file's guards. */
public final class GuardLimits {

    /** Where nothing is set. */
    public static final Guards.Limits UNSET =
            new Guards.Limits(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private GuardLimits() {}
}
