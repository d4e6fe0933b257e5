package io.frontdesk.config;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * File name patterns as in glob(3) without flags: {@code *}, {@code ?} and {@code [...]} within a path component,
 * backslash, no leading dot unless asked for, the result in byte order (nginx sets no locale). Folders that cannot be
 * read match nothing. Stateless.
 */
final class Glob {

    private Glob() {}

    /** nginx: whether the name is a pattern at all. */
    static boolean isPattern(String name) {
        return name.chars().anyMatch(ch -> ch == '*' || ch == '?' || ch == '[');
    }

    /** The names that exist, sorted. */
    static List<String> expand(String pattern) {
        List<String> found = List.of(pattern.startsWith("/") ? "/" : "");
        var components = pattern.split("/+", -1);
        for (int i = pattern.startsWith("/") ? 1 : 0; i < components.length; i++) {
            var next = new ArrayList<String>();
            for (String folder : found) {
                if (isPattern(components[i])) {
                    list(folder, components[i], next);
                } else {
                    next.add(folder + GlobPattern.unescape(components[i]));
                }
            }
            if (i + 1 < components.length) {
                next.replaceAll(name -> name + "/");
            }
            found = next;
        }
        // one char is one byte, so this is strcmp's order
        return found.stream().filter(Glob::exists).sorted(Comparator.naturalOrder()).toList();
    }

    private static void list(String folder, String component, List<String> into) {
        var pattern = new GlobPattern(component);
        try (var entries = Files.newDirectoryStream(FileNames.toPath(folder))) {
            for (Path entry : entries) {
                Path last = entry.getFileName();
                String name = last == null ? "" : FileNames.toName(last);
                if (pattern.matches(name)) {
                    into.add(folder + name);
                }
            }
        } catch (IOException | DirectoryIteratorException | InvalidPathException e) {
            // glob(3): without GLOB_ERR such a folder is passed over
            return;
        }
    }

    private static boolean exists(String name) {
        try {
            return Files.exists(FileNames.toPath(name), LinkOption.NOFOLLOW_LINKS);
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
