package io.frontdesk.app.command;

import java.util.List;

/**
 * A word behind the program's name that does something else than serve: {@code explain}, {@code effective}, {@code lint}. Runs on the main
 * thread, opens no socket, and writes no file.
 */
public interface Command {
    /** The word. */
    String name();

    /** What it is for, in one line, for the list of commands. */
    String summary();

    /** What {@code --help} prints. */
    String help();

    /**
     * Does it.
     *
     * @param words   what stands behind the command's word, as byte strings
     * @param console where it is said
     * @return the exit status
     * @throws UsageException when the words make no sense
     */
    int run(List<String> words, Console console) throws UsageException;
}
