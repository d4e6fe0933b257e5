package io.frontdesk.config;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/** The operator's error: the configuration cannot be used, and the diagnostic says why. Carries no stack trace. */
public final class ConfigException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Diagnostic diagnostic;

    /** Wraps what is wrong. */
    public ConfigException(Diagnostic diagnostic) {
        super(diagnostic.toString(), null, false, false);
        this.diagnostic = diagnostic;
    }

    /** An error of level emerg at a place; null where nginx names none. The format is that of {@link String#format}. */
    public static ConfigException at(@Nullable Position at, String format, Object... args) {
        return new ConfigException(new Diagnostic(Severity.EMERG, text(format, args), at));
    }

    /** What is wrong, and where. */
    public Diagnostic diagnostic() {
        return diagnostic;
    }

    /** Formats; without arguments the text stands as it is. */
    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency
    static String text(String format, Object... args) {
        return args.length == 0 ? format : String.format(Locale.ROOT, format, args);
    }
}
