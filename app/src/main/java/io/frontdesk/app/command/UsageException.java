package io.frontdesk.app.command;

/** The words behind a command make no sense: it is said on stderr, and the exit status is {@link Exit#USAGE}. */
public final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With the reason. */
    public UsageException(String reason) {
        super(reason, null, false, false);
    }

    /** Why. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
