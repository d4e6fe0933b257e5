package io.frontdesk.net.process;

import org.jspecify.annotations.Nullable;

/** The signals that nginx's master process knows, with their numbers on Linux. */
public enum Signal {
    /** Reload the configuration. */
    HUP(1),
    /** Stop at once, from the keyboard. */
    INT(2),
    /** Stop when the running requests are done. */
    QUIT(3),
    /** Open the logs again. */
    USR1(10),
    /** Start a new binary beside this one. */
    USR2(12),
    /** Stop at once. */
    TERM(15),
    /** Stop the workers when their requests are done. */
    WINCH(28);

    private final int number;

    Signal(int number) {
        this.number = number;
    }

    /** Its number. */
    public int number() {
        return number;
    }

    /** The signal with this number; null where it is none of ours. */
    public static @Nullable Signal numbered(int number) {
        for (Signal signal : values()) {
            if (signal.number == number) {
                return signal;
            }
        }
        return null;
    }
}
