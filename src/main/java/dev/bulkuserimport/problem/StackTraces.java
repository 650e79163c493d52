package dev.bulkuserimport.problem;

/** Where a bug happened, for the log. */
public final class StackTraces {

    /** In an overflowed stack, the remaining frames repeat. */
    private static final int MOST_FRAMES = 60;

    private static final int MOST_CAUSES = 10;

    private StackTraces() {}

    /** Classes and line numbers, but no messages, which could quote a user's data. */
    public static String of(Throwable bug) {
        StringBuilder trace = new StringBuilder();
        int causes = 0;
        for (Throwable cause = bug; cause != null && causes < MOST_CAUSES; cause = cause.getCause()) {
            causes++;
            trace.append('\n').append(cause.getClass().getName());
            int frames = 0;
            for (StackTraceElement frame : cause.getStackTrace()) {
                if (frames++ == MOST_FRAMES) {
                    trace.append("\n    ...");
                    break;
                }
                trace.append("\n    at ").append(frame);
            }
        }
        return trace.toString();
    }
}
