package dev.bulkuserimport.secret;

import dev.bulkuserimport.base.Deadline;

/** A setting that nobody may see. */
public interface Secret {

    /**
     * The secret, read at its first use.
     *
     * @throws dev.bulkuserimport.problem.ProblemException when it can't be read where it is kept
     */
    String value(Deadline deadline);

    /** Reads it again where it is kept, since it may have been rotated. True when it has another value now. */
    boolean reread(Deadline deadline);

    /** A secret that stands in the settings as it is. */
    static Secret given(String value) {
        return new Given(value);
    }

    /** See {@link #given}. */
    final class Given implements Secret {
        private final String value;

        private Given(String value) {
            this.value = value;
        }

        @Override
        public String value(Deadline deadline) {
            return value;
        }

        @Override
        public boolean reread(Deadline deadline) {
            return false;
        }

        @Override
        public String toString() {
            return "Secret[hidden]";
        }
    }
}
