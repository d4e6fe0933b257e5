package io.frontdesk.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is written, the passes end, and end in a scope or in a ConfigException. */
class HostileTextTest {

    private static final int TEXTS_PER_SEED = 2000;

    /** What texts are made of: marks, escapes, the sample's names and values, and limits just missed. */
    private static final List<String> PIECES = List.of(" ", " ", " ", "\n", "\t", "\r", ";", ";", ";", "{", "{", "}",
            "}", "\"", "'", "\\", "$", "${", "#", "(", ")", "\0", "\u00ff", "%s%d%", "include ", "include /dev/null;",
            "include [*;", "http", "http {", "server {", "location", "location / {", "if ", "if ($a) {", "map $a $b {",
            "upstream u {", "gzip", "gzip on;", "root", "set $a b;", "error_page", "proxy_next_upstream error;",
            "output_buffers 8 8k;", "output_buffers", "client_header_timeout", "satisfy", "1m", "99999999999999999999",
            "1y2M3w4d5h6m7s8ms", "on", "off", "$a", "404", "x".repeat(4095), "a{".repeat(101));

    private final ConfigReader reader = new ConfigReader();
    private final ConfigChecker checker = new ConfigChecker(List.of(new SampleModule()));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void neverFailsOtherwiseThanByDiagnostic(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < TEXTS_PER_SEED; i++) {
            String text = text(random);
            try {
                checker.check(reader.readText("/no/such/folder/nginx.conf", text));
            } catch (ConfigException e) {
                assertThat(e.diagnostic().message()).as(text).isNotBlank();
            }
        }
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        if (random.nextInt(4) == 0) {
            for (int length = random.nextInt(64); length > 0; length--) {
                text.append((char) random.nextInt(256));
            }
            return text.toString();
        }
        for (int count = random.nextInt(40); count > 0; count--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }
}
