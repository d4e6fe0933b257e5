package io.frontdesk.testkit;

import io.frontdesk.net.ControlPlane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The prefix folder of a server in a test, and what the placeholders of its configuration stand for. */
@ControlPlane("the thread of a test")
final class TestFolder implements AutoCloseable {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([a-z0-9_.]+)}}");
    private static final Pattern EVENTS = Pattern.compile("^\\s*events\\b", Pattern.MULTILINE);

    static {
        Patience.ofAll();
    }

    private final Path prefix;
    private final Map<String, String> values;
    private final Map<String, HeldPort> ports = new LinkedHashMap<>();

    /** A new folder with these files in it, and a folder for logs. */
    TestFolder(Map<String, String> values, Map<String, byte[]> files) {
        this.values = Map.copyOf(values);
        try {
            prefix = Files.createTempDirectory("frontdesk-test-");
            Files.createDirectory(prefix.resolve("logs"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        files.forEach(this::write);
    }

    Path prefix() {
        return prefix;
    }

    /** Writes the configuration with its placeholders filled in; the text as written. */
    String writeConfig(String config) {
        String text = PLACEHOLDER.matcher(config).replaceAll(found -> Matcher.quoteReplacement(value(found.group(1))));
        if (!EVENTS.matcher(text).find()) {
            text += "\nevents {}\n";
        }
        write("nginx.conf", text.getBytes(StandardCharsets.ISO_8859_1));
        return text;
    }

    /** What a placeholder stands for. */
    String value(String name) {
        if (name.equals("port") || name.startsWith("port.")) {
            return Integer.toString(ports.computeIfAbsent(name, n -> HeldPort.open()).number());
        }
        if (name.equals("prefix")) {
            return prefix.toString();
        }
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("nobody said what {{" + name + "}} stands for");
        }
        return value;
    }

    Path write(String name, byte[] content) {
        try {
            Path file = prefix.resolve(name);
            Path folder = file.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            return Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file's bytes, one char each; empty when it is not there. */
    String read(String name) {
        Path file = prefix.resolve(name);
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives back the ports, and removes the folder. */
    @Override
    public void close() {
        ports.values().forEach(HeldPort::close);
        try {
            Files.walkFileTree(prefix, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, java.io.IOException failure)
                        throws IOException {
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
