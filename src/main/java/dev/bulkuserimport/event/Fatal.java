package dev.bulkuserimport.event;

/** Errors after which the process may no longer work correctly. */
final class Fatal {

    private Fatal() {}

    /** An overflowed stack has unwound by now; running out of memory, or an internal error of the JVM, may have broken anything. */
    static boolean is(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof VirtualMachineError && !(cause instanceof StackOverflowError)) {
                return true;
            }
        }
        return false;
    }
}
