package io.frontdesk.app.command;

/**
 * Colours of a terminal, or none: each word is a sequence that begins it, and {@link #end} ends all.
 *
 * @param strong what matters most
 * @param good   what holds
 * @param bad    what does not
 * @param name   names and values
 * @param dim    places and remarks
 * @param end    back to normal
 */
public record Ink(String strong, String good, String bad, String name, String dim, String end) {
    /** Without colours. */
    public static final Ink NONE = new Ink("", "", "", "", "", "");
    /** The sixteen colours that each terminal has. */
    public static final Ink COLOURS = new Ink("\033[1m", "\033[32m", "\033[31m", "\033[36m", "\033[2m", "\033[0m");

    /** What fits a console. */
    public static Ink of(Console console) {
        return console.colours() ? COLOURS : NONE;
    }

    /** Whether standard output shows colours: a terminal, and nobody said {@code NO_COLOR} (no-color.org). */
    static boolean isWanted() {
        String none = System.getenv("NO_COLOR");
        String terminal = System.getenv("TERM");
        return (none == null || none.isEmpty()) && !"dumb".equals(terminal) && System.console() != null
                && System.console().isTerminal();
    }

    /** A text with no control character left that a terminal would obey. */
    public static String plain(String text) {
        StringBuilder plain = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean obeyed = c < ' ' || c == 0x7f;
            if (obeyed && plain == null) {
                plain = new StringBuilder(text.substring(0, i));
            }
            if (plain != null) {
                plain.append(obeyed ? String.format("\\x%02X", (int) c) : String.valueOf(c));
            }
        }
        return plain == null ? text : plain.toString();
    }

    /** A strong text. */
    public String strong(String text) {
        return strong + text + end;
    }

    /** A text about what holds. */
    public String good(String text) {
        return good + text + end;
    }

    /** A text about what does not. */
    public String bad(String text) {
        return bad + text + end;
    }

    /** A name. */
    public String name(String text) {
        return name + text + end;
    }

    /** A remark. */
    public String dim(String text) {
        return dim + text + end;
    }
}
