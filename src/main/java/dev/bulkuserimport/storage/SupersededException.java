package dev.bulkuserimport.storage;

/** A newer snapshot of the application was imported already, so that this one would bring the past back. An outcome, not a fault. */
final class SupersededException extends RuntimeException {

    SupersededException() {
        super("a newer snapshot of the application was imported before this one", null, false, false);
    }
}
