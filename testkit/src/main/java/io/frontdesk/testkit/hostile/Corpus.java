package io.frontdesk.testkit.hostile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The cases of {@code http1-hostile.tsv}; its head explains the notation. */
public final class Corpus {
    private static final String FILE = "/io/frontdesk/testkit/http1-hostile.tsv";

    private Corpus() {}

    /** Reads all cases. */
    public static List<HostileCase> read() {
        try (InputStream file = Objects.requireNonNull(Corpus.class.getResourceAsStream(FILE))) {
            String text = new String(file.readAllBytes(), StandardCharsets.ISO_8859_1);
            return Arrays.stream(text.split("\n")).filter(line -> !line.isBlank() && line.charAt(0) != '#')
                    .map(HostileCase::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
