package io.frontdesk.e2e.filters;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.Frontdesk;
import org.junit.jupiter.api.Test;

/** Ranges: 206 and 416. */
class RangeTest {
    private static final String CONFIG = """
            http {
                charset_map B A { 58 59; }
                server {
                    listen 127.0.0.1:{{port}};
                    root {{prefix}}/html;
                    location /two/ { max_ranges 2; }
                    location /zero/ { max_ranges 0; }
                    location /recoded/ { charset A; source_charset B; charset_types *; }
                }
            }
            """;

    private static Frontdesk server() {
        String text = "X123456789".repeat(100);
        return Frontdesk.file("html/f", text).file("html/two/f", text).file("html/zero/f", text)
                .file("html/recoded/f", text).file("html/empty", "").start(CONFIG);
    }

    @Test
    void sendsOneRange() {
        try (Frontdesk server = server()) {
            Answer answer = server.get("/f", "Range: bytes=-12");
            assertThat(answer.status()).isEqualTo(206);
            assertThat(answer.field("Content-Range")).isEqualTo("bytes 988-999/1000");
            assertThat(answer.field("Content-Length")).isEqualTo("12");
            assertThat(answer.field("Accept-Ranges")).isEmpty();
            assertThat(answer.body()).isEqualTo("89X123456789");
            assertThat(server.request("HEAD", "/f", "Range: bytes=0-1").field("Content-Length")).isEqualTo("2");
        }
    }

    @Test
    void sendsSeveralRanges() {
        try (Frontdesk server = server()) {
            Answer answer = server.get("/f", "Range: bytes=10-11,0-0");
            assertThat(answer.status()).isEqualTo(206);
            assertThat(answer.field("Content-Type")).startsWith("multipart/byteranges; boundary=");
            assertThat(answer.field("Content-Range")).isEmpty();
            assertThat(answer.body()).containsSubsequence("bytes 10-11/1000\r\n\r\nX1\r\n",
                    "bytes 0-0/1000\r\n\r\nX\r\n");
        }
    }

    @Test
    void cutsRangesOutOfRecodedText() {
        try (Frontdesk server = server()) {
            assertThat(server.get("/recoded/f", "Range: bytes=9-12").body()).isEqualTo("9Y12");
            assertThat(server.get("/recoded/f", "Range: bytes=9-12,0-1").body()).containsSubsequence("9Y12", "Y1");
        }
    }

    @Test
    void saysWhatCannotBeSatisfied() {
        try (Frontdesk server = server()) {
            Answer answer = server.get("/f", "Range: bytes=1000-");
            assertThat(answer.status()).isEqualTo(416);
            assertThat(answer.field("Content-Range")).isEqualTo("bytes */1000");
            assertThat(answer.field("ETag")).isEmpty();
            assertThat(answer.body()).contains("416 Requested Range Not Satisfiable");
        }
    }

    @Test
    void ignoresWhatItNeedNotHonour() {
        try (Frontdesk server = server()) {
            assertThat(server.get("/f", "Range: lines=1-2").status()).isEqualTo(200);
            assertThat(server.get("/two/f", "Range: bytes=0-1,2-3,4-5").status()).isEqualTo(200);
            assertThat(server.get("/zero/f", "Range: bytes=0-1").status()).isEqualTo(200);
            assertThat(server.get("/zero/f").field("Accept-Ranges")).isEmpty();
            assertThat(server.get("/empty", "Range: bytes=0-").status()).isEqualTo(200);
        }
    }

    @Test
    void neverSendsMuchMoreThanTheEntity() {
        try (Frontdesk server = server()) {
            assertThat(server.get("/f", "Range: bytes=0-999,0-0").status()).isEqualTo(200);
            assertThat(server.get("/f", "Range: bytes=" + "0-0,".repeat(200) + "1-1").status()).isEqualTo(200);
        }
    }

    @Test
    void honoursIfRange() {
        try (Frontdesk server = server()) {
            Answer whole = server.get("/f");
            String range = "Range: bytes=0-1";
            assertThat(server.get("/f", range, "If-Range: " + whole.field("ETag")).status()).isEqualTo(206);
            assertThat(server.get("/f", range, "If-Range: W/" + whole.field("ETag")).status()).isEqualTo(200);
            assertThat(server.get("/f", range, "If-Range: " + whole.field("Last-Modified")).status()).isEqualTo(206);
            assertThat(server.get("/f", range, "If-Range: Fri, 05 Jul 1985 14:30:52 GMT").status()).isEqualTo(200);
        }
    }
}
