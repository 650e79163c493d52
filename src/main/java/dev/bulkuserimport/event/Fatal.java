package dev.bulkuserimport.event;

/** Errors after which nobody knows what of the process still works. */
final class Fatal {

    private Fatal() {}

    /** A stack that overflowed has unwound by now; memory that ran out, or a fault of the JVM's own, may have broken anything. */
    static boolean is(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof VirtualMachineError && !(cause instanceof StackOverflowError)) {
                return true;
            }
        }
        return false;
    }
}
