package io.frontdesk.engine.log;

/** The text of the one line that a bug of ours leaves in the error log. Stateless. */
public final class BugLine {
    private static final int MAX_FRAMES = 12;

    private BugLine() {}

    /** What happened, and the innermost frames of where. */
    public static String of(Throwable bug) {
        StringBuilder text = new StringBuilder("a bug in frontdesk: ").append(bug);
        StackTraceElement[] stack = bug.getStackTrace();
        for (int i = 0; i < Math.min(stack.length, MAX_FRAMES); i++) {
            text.append(" at ").append(stack[i]);
        }
        return text.toString();
    }
}
