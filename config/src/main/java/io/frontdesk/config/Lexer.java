package io.frontdesk.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits one file, or the text of {@code -g}, into words and the marks that end statements. One reader owns it.
 *
 * <p>
 * nginx: a word is quoted, or runs to a blank, {@code ;} or <code>{</code>; a backslash takes the next byte along;
 * <code>${</code> opens no block; {@code #} starts a comment only where a word could start.
 */
final class Lexer {

    /** What ended the words that {@link #next} read. */
    enum Mark {
        SEMICOLON, OPEN, CLOSE, END
    }

    /** nginx: its read buffer, which a word must fit into with the byte that ends it. A comment counts as a word. */
    static final int MAX_WORD_LENGTH = 4096;

    private static final int EOF = -1;

    private final String file;
    private final String text;
    private final boolean commandLine;
    private final List<Comment> comments = new ArrayList<>();
    private List<Word> words = List.of();
    private int pos;
    private int line = 1;
    private int lineStart;
    private int start;
    private Position startAt;

    Lexer(String file, String text) {
        this.file = file;
        this.text = text;
        this.commandLine = file.equals(Position.COMMAND_LINE);
        this.startAt = new Position(file, 1, 1);
    }

    /** The words before the last mark. */
    List<Word> words() {
        return words;
    }

    /** All comments so far. */
    List<Comment> comments() {
        return comments;
    }

    /** Where the last mark stands. */
    Position at() {
        return new Position(file, line, Math.max(1, pos - lineStart));
    }

    /** Reads up to the end of a statement, of a block or of the text. */
    Mark next() throws ConfigException {
        words = new ArrayList<>();
        start = pos;
        startAt = new Position(file, line, pos - lineStart + 1);
        boolean afterQuote = false;
        while (true) {
            int ch = take('\0');
            if (afterQuote && !isBlank(ch) && ch != ';' && ch != '{' && ch != ')' && ch != EOF) {
                throw unexpected(ch);
            }
            if (ch == EOF) {
                if (!words.isEmpty()) {
                    throw unexpectedEnd();
                }
                return Mark.END;
            }
            if (afterQuote && isBlank(ch)) {
                // nginx: the quoted word and this blank still count as one for the length
                afterQuote = false;
                continue;
            }
            afterQuote = false;
            start = pos - 1;
            startAt = at();
            switch (ch) {
                case ' ', '\t', '\r', '\n' -> {
                }
                case ';', '{' -> {
                    if (words.isEmpty()) {
                        throw unexpected(ch);
                    }
                    return ch == ';' ? Mark.SEMICOLON : Mark.OPEN;
                }
                case '}' -> {
                    if (!words.isEmpty()) {
                        throw unexpected(ch);
                    }
                    return Mark.CLOSE;
                }
                case '#' -> skipComment();
                case '"', '\'' -> {
                    start++;
                    readQuoted((char) ch);
                    afterQuote = true;
                }
                default -> {
                    int last = readBare(ch);
                    if (!isBlank(last)) {
                        return last == ';' ? Mark.SEMICOLON : Mark.OPEN;
                    }
                }
            }
        }
    }

    private void skipComment() throws ConfigException {
        int ch;
        do {
            ch = take('\0');
        } while (ch != '\n' && ch != EOF);
        comments.add(new Comment(text.substring(start + 1, ch == EOF ? pos : pos - 1).stripTrailing(), startAt));
        start = ch == EOF ? pos : pos - 1;
    }

    private void readQuoted(char quote) throws ConfigException {
        boolean variable = false;
        while (true) {
            int ch = take(quote);
            if (ch == '{' && variable) {
                continue;
            }
            variable = ch == '$';
            if (ch == '\\') {
                takeEscaped(quote);
            } else if (ch == quote) {
                add(true);
                return;
            } else if (ch == EOF) {
                throw unexpectedEnd();
            }
        }
    }

    /** Returns what ended the word. */
    private int readBare(int first) throws ConfigException {
        boolean variable = first == '$';
        if (first == '\\') {
            takeEscaped('\0');
        }
        while (true) {
            int ch = take('\0');
            if (ch == '{' && variable) {
                continue;
            }
            variable = ch == '$';
            if (ch == '\\') {
                takeEscaped('\0');
            } else if (isBlank(ch) || ch == ';' || ch == '{') {
                add(false);
                return ch;
            } else if (ch == EOF) {
                throw unexpectedEnd();
            }
        }
    }

    private void takeEscaped(char quote) throws ConfigException {
        if (take(quote) == EOF) {
            throw unexpectedEnd();
        }
    }

    private int take(char quote) throws ConfigException {
        if (pos == text.length()) {
            return EOF;
        }
        if (pos - start == MAX_WORD_LENGTH && !commandLine) {
            throw tooLong(quote);
        }
        char ch = text.charAt(pos++);
        if (ch == '\n') {
            line++;
            lineStart = pos;
        }
        return ch;
    }

    private void add(boolean quoted) {
        words.add(new Word(unescape(text, start, pos - 1), quoted, startAt));
    }

    /** nginx: five escapes and two quotes are resolved, in bare words too; any other backslash stays. */
    private static String unescape(String text, int from, int to) {
        int backslash = text.indexOf('\\', from, to);
        if (backslash < 0) {
            return text.substring(from, to);
        }
        var plain = new StringBuilder(to - from).append(text, from, backslash);
        int i = backslash;
        while (i < to) {
            char ch = text.charAt(i++);
            char escaped = ch == '\\' && i < to ? resolve(text.charAt(i)) : '\0';
            if (escaped == '\0') {
                plain.append(ch);
            } else {
                plain.append(escaped);
                i++;
            }
        }
        return plain.toString();
    }

    /** What a backslash and this stand for, or NUL if they stand for themselves. */
    private static char resolve(char ch) {
        return switch (ch) {
            case '"', '\'', '\\' -> ch;
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'n' -> '\n';
            default -> '\0';
        };
    }

    private static boolean isBlank(int ch) {
        return ch == ' ' || ch == '\t' || ch == '\r' || ch == '\n';
    }

    private ConfigException unexpected(int ch) {
        return ConfigException.at(at(), "unexpected \"%c\"", ch);
    }

    private ConfigException unexpectedEnd() {
        return commandLine
                ? ConfigException.at(at(), "unexpected end of parameter, expecting \";\"")
                : ConfigException.at(at(), "unexpected end of file, expecting \";\" or \"}\"");
    }

    private ConfigException tooLong(char quote) {
        if (quote == '\0') {
            return ConfigException.at(startAt, "too long parameter \"%s...\" started",
                    text.substring(start, start + 10));
        }
        return ConfigException.at(startAt, "too long parameter, probably missing terminating \"%c\" character", quote);
    }
}
