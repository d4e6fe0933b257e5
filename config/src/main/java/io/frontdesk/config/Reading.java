package io.frontdesk.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One read of one configuration: the tree as far as it has grown, and what counts against the limits. */
final class Reading {

    /** Reads the main text. */
    interface Start {
        void begin(Reading reading) throws ConfigException;
    }

    /** What a text is, for the errors at its end. */
    private enum Kind {
        FILE, BLOCK, PARAMETER
    }

    private record Opened(String text, Lexer lexer) {}

    private final ReadLimits limits;
    private final String folder;
    private final List<Statement> statements = new ArrayList<>();
    private final List<Statement> openBlocks = new ArrayList<>();
    private final Map<String, Opened> sources = new LinkedHashMap<>();
    private int statementCount;
    private int fileCount;
    private int includeDepth;
    private long byteCount;

    /** Starts with nothing read; {@code folder} is what names of included files are appended to. */
    Reading(ReadLimits limits, String folder) {
        this.limits = limits;
        this.folder = folder;
    }

    /** Reads the texts of {@code -g}, then the main text. */
    ConfigText run(List<String> globalDirectives, Start main) {
        Diagnostic problem = null;
        try {
            for (String text : globalDirectives) {
                readStatements(new Lexer(Position.COMMAND_LINE, text), Kind.PARAMETER);
            }
            main.begin(this);
        } catch (ConfigException e) {
            problem = e.diagnostic();
        }
        return new ConfigText(statements, sources.entrySet().stream()
                .map(entry -> new Source(entry.getKey(), entry.getValue().text(), entry.getValue().lexer().comments()))
                .toList(), problem);
    }

    /** Reads a file; {@code from} is the include that asks for it. */
    void readFile(String name, @Nullable Position from) throws ConfigException {
        readText(name, open(name, from), from);
    }

    /** Reads a text as if it were a file. */
    void readText(String name, String text, @Nullable Position from) throws ConfigException {
        if (++fileCount > limits.files()) {
            throw ConfigException.at(from, "configuration has more than %d files", limits.files());
        }
        byteCount += text.length();
        if (byteCount > limits.totalBytes()) {
            throw ConfigException.at(from, "configuration is larger than %d bytes", limits.totalBytes());
        }
        var lexer = new Lexer(name, text);
        sources.putIfAbsent(name, new Opened(text, lexer));
        readStatements(lexer, Kind.FILE);
    }

    private void readStatements(Lexer lexer, Kind kind) throws ConfigException {
        while (true) {
            switch (lexer.next()) {
                case SEMICOLON -> {
                    if (isInclude(lexer.words())) {
                        include(lexer.words().get(1).text(), lexer.at());
                    } else {
                        add(new Statement(lexer.words(), lexer.at()));
                    }
                }
                case OPEN -> {
                    if (kind == Kind.PARAMETER) {
                        throw ConfigException.at(lexer.at(), "block directives are not supported in -g option");
                    }
                    readBlock(lexer);
                }
                case CLOSE -> {
                    if (kind != Kind.BLOCK) {
                        throw ConfigException.at(lexer.at(), "unexpected \"}\"");
                    }
                    return;
                }
                case END -> {
                    if (kind == Kind.BLOCK) {
                        throw ConfigException.at(lexer.at(), "unexpected end of file, expecting \"}\"");
                    }
                    return;
                }
            }
        }
    }

    private void readBlock(Lexer lexer) throws ConfigException {
        if (openBlocks.size() == limits.depth()) {
            throw ConfigException.at(lexer.at(), "blocks are nested deeper than %d", limits.depth());
        }
        var block = Statement.block(lexer.words(), lexer.at());
        add(block);
        openBlocks.addLast(block);
        readStatements(lexer, Kind.BLOCK);
        openBlocks.removeLast();
        block.close(lexer.at());
    }

    private void add(Statement statement) throws ConfigException {
        if (++statementCount > limits.statements()) {
            throw ConfigException.at(statement.at(), "configuration has more than %d statements", limits.statements());
        }
        if (openBlocks.isEmpty()) {
            statements.add(statement);
        } else {
            openBlocks.getLast().add(statement);
        }
    }

    /** With other arguments it stays in the tree: the checker complains, or a raw block has a use for it. */
    private static boolean isInclude(List<Word> words) {
        return words.size() == 2 && words.getFirst().is("include");
    }

    private void include(String name, Position at) throws ConfigException {
        if (includeDepth == limits.includeDepth()) {
            throw ConfigException.at(at, "files include each other deeper than %d", limits.includeDepth());
        }
        includeDepth++;
        String full = FileNames.full(folder, name);
        if (Glob.isPattern(full)) {
            for (String match : Glob.expand(full)) {
                readFile(match, at);
            }
        } else {
            readFile(full, at);
        }
        includeDepth--;
    }

    private String open(String name, @Nullable Position from) throws ConfigException {
        Path path;
        try {
            path = FileNames.toPath(name);
        } catch (InvalidPathException e) {
            throw ConfigException.at(from, "open() \"%s\" failed %s", name, Errno.noSuchFile());
        }
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(path, BasicFileAttributes.class);
        } catch (IOException e) {
            throw ConfigException.at(from, "open() \"%s\" failed %s", name, Errno.text(openFault(path, e)));
        }
        if (attributes.isDirectory()) {
            // nginx: opening a folder succeeds, reading it does not, and that message has no place
            throw new ConfigException(new Diagnostic(Severity.CRIT,
                    ConfigException.text("pread() \"%s\" failed (21: Is a directory)", name), null));
        }
        if (attributes.size() > limits.fileBytes()) {
            throw ConfigException.at(from, "configuration file \"%s\" is larger than %d bytes", name,
                    limits.fileBytes());
        }
        // nginx: reads as many bytes as the file says it has. A pipe or device says 0, and is not opened: it could
        // block
        return attributes.isRegularFile() ? read(name, path, (int) attributes.size(), from) : "";
    }

    /**
     * Asked for attributes, the JDK calls a file missing whose folder is a file; asked to open it, it tells the truth.
     */
    private static IOException openFault(Path path, IOException fault) {
        try {
            Files.newByteChannel(path).close();
            return fault;
        } catch (IOException e) {
            return e;
        }
    }

    private static String read(String name, Path path, int size, @Nullable Position from) throws ConfigException {
        var bytes = ByteBuffer.allocate(size);
        try (SeekableByteChannel channel = Files.newByteChannel(path)) {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes) < 0) {
                    throw ConfigException.at(from, "read() returned only %d bytes instead of %d", bytes.position(),
                            size);
                }
            }
        } catch (IOException e) {
            throw ConfigException.at(from, "open() \"%s\" failed %s", name, Errno.text(e));
        }
        return new String(bytes.array(), ISO_8859_1);
    }
}
