package io.frontdesk.modules.autoindex;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/**
 * A name in a directory.
 *
 * @param name
 *            the name as a byte string
 * @param folder
 *            whether it leads to a directory
 * @param file
 *            whether it leads to a regular file
 * @param modifiedSeconds
 *            when it was changed
 * @param size
 *            its size in bytes
 */
record Entry(String name, boolean folder, boolean file, long modifiedSeconds, long size) {
    /** Folders first, then by the bytes of the name. */
    static final Comparator<Entry> ORDER = Comparator.comparing((Entry entry) -> !entry.folder)
            .thenComparing(Entry::name, (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.ISO_8859_1),
                    b.getBytes(StandardCharsets.ISO_8859_1)));

    /** What it is, in the words of the XML and JSON forms. */
    String kind() {
        return folder ? "directory" : file ? "file" : "other";
    }
}
