package dev.bulkuserimport.secret;

import dev.bulkuserimport.base.Deadline;

/** A setting that must never be shown. */
public interface Secret {

    /**
     * The secret, read on first use.
     *
     * @throws dev.bulkuserimport.problem.ProblemException when it can't be read from where it is stored
     */
    String value(Deadline deadline);

    /** Reads it again from where it is stored, since it may have been rotated. True if its value has changed. */
    boolean reread(Deadline deadline);

    /** A secret given directly in the settings. */
    static Secret given(String value) {
        return new Given(value);
    }

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
