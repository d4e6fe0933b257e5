package io.frontdesk.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.charset.Charset;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * File names between the configuration, where a char is a byte, and the JDK, where names are decoded as the locale
 * says. Stateless; any thread.
 */
public final class FileNames {

    private static final Charset NATIVE = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

    private FileNames() {}

    /**
     * The path that a name of the configuration means.
     *
     * @throws InvalidPathException
     *             if the locale cannot express the name
     */
    public static Path toPath(String name) {
        // nginx: names are C strings
        int nul = name.indexOf('\0');
        var bytes = (nul < 0 ? name : name.substring(0, nul)).getBytes(ISO_8859_1);
        return Path.of(new String(bytes, NATIVE));
    }

    /** The name of a path as the configuration would write it. */
    public static String toName(Path path) {
        return new String(path.toString().getBytes(NATIVE), ISO_8859_1);
    }

    /** nginx: a name that is not full is appended to a prefix, which ends with a slash or is empty. */
    public static String full(String prefix, String name) {
        return name.startsWith("/") ? name : prefix + name;
    }
}
