package io.frontdesk.config;

import java.util.Locale;

/** How bad a diagnostic is: nginx's levels, worst first. */
public enum Severity {
    EMERG, ALERT, CRIT, ERROR, WARN, NOTICE, INFO;

    /** The level as log lines name it: {@code emerg}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
