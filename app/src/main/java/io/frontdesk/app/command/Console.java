package io.frontdesk.app.command;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command writes. All texts are byte strings. Main thread.
 *
 * @param out     for what was asked for
 * @param err     for what went wrong
 * @param colours whether {@code out} is a terminal that shows colours
 */
public record Console(PrintStream out, PrintStream err, boolean colours) {
    /** Standard output and error. */
    public static Console ofProcess() {
        return new Console(System.out, System.err, Ink.isWanted());
    }

    /** Prints a byte string. */
    public void print(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        out.write(bytes, 0, bytes.length);
        out.flush();
    }

    /** Prints text that is not one byte a char, such as JSON and our own sentences, as UTF-8. */
    public void printUnicode(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length);
        out.flush();
    }

    /** A line about a problem. */
    public void complain(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.ISO_8859_1);
        err.write(bytes, 0, bytes.length);
        err.flush();
    }
}
