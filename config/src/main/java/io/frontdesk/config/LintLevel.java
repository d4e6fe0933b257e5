package io.frontdesk.config;

import java.util.Locale;

/** How much a finding of lint matters, worst first. */
public enum LintLevel {
    /** It does not work, or lets somebody in: {@code lint} exits with 1. */
    ERROR,
    /** It works, but hardly as it was meant. */
    WARNING,
    /** It is worth knowing. */
    NOTE;

    /** As the report names it: {@code warning}. SARIF has the same words. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
