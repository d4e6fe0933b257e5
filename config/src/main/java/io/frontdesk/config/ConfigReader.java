package io.frontdesk.config;

import java.nio.file.Path;
import java.util.List;

/**
 * Pass 1: files to a tree of words. Knows no directive but {@code include}. Never throws for what is written: the first
 * error ends the tree, and pass 2 reports it in its turn. Stateless, so one reader serves any thread.
 */
public final class ConfigReader {

    private final ReadLimits limits;

    /** A reader with the usual limits. */
    public ConfigReader() {
        this(ReadLimits.DEFAULT);
    }

    /** A reader with limits of its own. */
    public ConfigReader(ReadLimits limits) {
        this.limits = limits;
    }

    /**
     * Reads a configuration with all that it includes. Names of included files are relative to the folder of the main
     * file.
     *
     * @param file
     *            the main file
     * @param prefix
     *            the folder that a relative {@code file} stands in
     * @param globalDirectives
     *            what stood behind {@code -g}; read as if it stood in front of the file
     */
    public ConfigText read(Path file, Path prefix, List<String> globalDirectives) {
        String name = FileNames.full(folderName(prefix), FileNames.toName(file));
        return read(name, globalDirectives);
    }

    /** The same for a file whose name is whole, be it absolute or relative to the current folder. */
    public ConfigText read(String file, List<String> globalDirectives) {
        return new Reading(limits, folderOf(file)).run(globalDirectives, reading -> reading.readFile(file, null));
    }

    /**
     * Reads a configuration from memory, as if it were a file of that name.
     *
     * @param file
     *            its full name; files that it includes are relative to its folder, and are read from disk
     */
    public ConfigText readText(String file, String text) {
        return new Reading(limits, folderOf(file)).run(List.of(), reading -> reading.readText(file, text, null));
    }

    private static String folderName(Path folder) {
        String name = FileNames.toName(folder);
        return name.isEmpty() || name.endsWith("/") ? name : name + "/";
    }

    private static String folderOf(String file) {
        return file.substring(0, file.lastIndexOf('/') + 1);
    }
}
