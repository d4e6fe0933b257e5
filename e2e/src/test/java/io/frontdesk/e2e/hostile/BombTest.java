package io.frontdesk.e2e.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row: decompression bomb, range bomb. A small request or answer makes no large answer. */
class BombTest {
    private static final int ENTITY = 100_000;
    private static final String CONFIG = """
            http {
                proxy_cache_path {{prefix}}/cache keys_zone=one:1m;
                server {
                    listen 127.0.0.1:{{port}};
                    large_client_header_buffers 4 64k;
                    root {{prefix}}/html;
                    location /proxied { proxy_pass http://{{app}}; proxy_force_ranges on; }
                    location /kept { proxy_pass http://{{app}}; proxy_cache one; proxy_cache_valid 1h; }
                }
            }
            """;

    @ParameterizedTest
    @ValueSource(strings = {"/file", "/proxied", "/kept"})
    void answersManyRangesByNoMuchMoreThanTheEntity(String target) {
        String entity = "x".repeat(ENTITY);
        String overlapping = IntStream.range(0, 1500).mapToObj(i -> i + "-").collect(Collectors.joining(","));
        String same = "0-,".repeat(1499) + "0-";
        String single = IntStream.range(0, 1500).mapToObj(i -> 2 * i + "-" + 2 * i).collect(Collectors.joining(","));
        try (Origin app = Origin.answering(entity);
                Frontdesk server = Frontdesk.with("app", app).file("html/file", entity).start(CONFIG)) {
            for (int round = 0; round < 2; round++) {
                for (String ranges : new String[]{overlapping, same, single}) {
                    var answer = server.get(target, "Range: bytes=" + ranges);
                    assertThat(answer.status()).isIn(200, 206);
                    // each part of several has a head of its own
                    assertThat(answer.body().length()).isLessThanOrEqualTo(ENTITY + 200 * 1500);
                    assertThat(answer.body().chars().filter(c -> c == 'x').count())
                            .isLessThanOrEqualTo(ENTITY + ENTITY / 10);
                }
            }
        }
    }

    @Test
    void nothingDecompresses() {
        // Whoever adds what does must add the limit that the row asks for, and its test here.
        assertThat(Frontdesk.refusal("http { gunzip on; }")).contains("unknown directive \"gunzip\"");
    }
}
