package io.frontdesk.e2e.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.net.file.FileData;
import io.frontdesk.net.file.NativeFiles;
import io.frontdesk.net.file.OpenFlags;
import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files by root and alias. */
class StaticFileTest {
    private static final String CONFIG = """
            http {
                types { text/html html; image/png png; }
                server {
                    listen 127.0.0.1:{{port}};
                    root {{prefix}}/html;
                    location /alias/ { alias {{prefix}}/other/; }
                    location ~ ^/regex/(.+)$ { alias {{prefix}}/other/$1; }
                    location /plain/ { etag off; default_type application/x-any; }
                    location /quiet/ { log_not_found off; }
                }
            }
            """;

    private static Frontdesk server() {
        return Frontdesk.file("html/page.html", "<p>hello</p>").file("html/dir/.hidden", "x")
                .file("html/plain/.html", "x").file("html/pic.PNG", "x").file("html/none.", "x")
                .file("other/a b", "other").file("html/empty.html", "").start(CONFIG);
    }

    @Test
    void answersWithTheFileItsTypeTimeAndTag() {
        try (Frontdesk server = server()) {
            Answer answer = server.get("/page.html");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("<p>hello</p>");
            assertThat(answer.field("Content-Type")).isEqualTo("text/html");
            assertThat(answer.field("Content-Length")).isEqualTo("12");
            assertThat(answer.field("Last-Modified")).endsWith(" GMT");
            assertThat(answer.field("ETag")).matches("\"[0-9a-f]{8}-c\"");
            assertThat(answer.field("Accept-Ranges")).isEqualTo("bytes");
        }
    }

    @Test
    void findsTypesByTheExtensionInAnyCase() {
        try (Frontdesk server = server()) {
            assertThat(server.get("/pic.PNG").field("Content-Type")).isEqualTo("image/png");
            assertThat(server.get("/none.").field("Content-Type")).isEqualTo("text/plain");
            assertThat(server.get("/plain/.html").field("Content-Type")).isEqualTo("application/x-any");
            assertThat(server.get("/plain/.html").field("ETag")).isEmpty();
        }
    }

    @Test
    void sendsOnlyTheHeadOfAHead() {
        try (Frontdesk server = server()) {
            Answer answer = server.request("HEAD", "/page.html");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.field("Content-Length")).isEqualTo("12");
        }
    }

    @Test
    void sendsAnEmptyFile() {
        try (Frontdesk server = server()) {
            Answer answer = server.get("/empty.html");

            assertThat(answer.field("Content-Length")).isEqualTo("0");
            assertThat(answer.body()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS"})
    void allowsNoOtherMethod(String method) {
        try (Frontdesk server = server()) {
            assertThat(server.request(method, "/page.html", "Content-Length: 0").status()).isEqualTo(405);
        }
    }

    @Test
    void mapsAliases() {
        try (Frontdesk server = server()) {
            assertThat(server.get("/alias/a%20b").body()).isEqualTo("other");
            assertThat(server.get("/regex/a%20b").body()).isEqualTo("other");
            assertThat(server.get("/alias/x").status()).isEqualTo(404);
        }
    }

    @Test
    void redirectsAFolderToItsSlash() {
        try (Frontdesk server = server()) {
            Answer answer = server.get("/dir?a=%20b");

            assertThat(answer.status()).isEqualTo(301);
            assertThat(answer.field("Location")).isEqualTo("http://localhost:" + server.port() + "/dir/?a=%20b");
        }
    }

    @Test
    void logsMissingFilesUnlessToldNotTo() {
        try (Frontdesk server = server()) {
            assertThat(server.get("/no").status()).isEqualTo(404);
            assertThat(server.get("/page.html/x").status()).isEqualTo(404);
            assertThat(server.get("/quiet/no").status()).isEqualTo(404);

            assertThat(server.errorLog())
                    .contains("open() \"" + server.prefix() + "/html/no\" failed (2: No such file or directory)")
                    .contains("page.html/x\" failed (20: Not a directory)").doesNotContain("quiet");
        }
    }

    @Test
    void refusesAFileThatIsNone() {
        try (Frontdesk server = server()) {
            server.expects("is not a regular file");
            // a FIFO would stop a loop that opened it without care
            assertThat(mkfifo(server.prefix() + "/html/fifo")).isZero();

            assertThat(server.get("/fifo").status()).isEqualTo(404);
        }
    }

    private static int mkfifo(String path) {
        try {
            return new ProcessBuilder("mkfifo", path).start().waitFor();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void keepsTheBytesOfNames() {
        try (Frontdesk server = server()) {
            String name = server.prefix() + "/html/\u00ff\u00e9\u0001.html";
            int fd = NativeFiles.open(name, OpenFlags.CREATE_NEW, 0644);
            FileData.pwrite(fd, "bytes".getBytes(StandardCharsets.ISO_8859_1), 0, 5, 0);
            NativeFiles.close(fd);

            assertThat(server.get("/%ff%E9%01.html").body()).isEqualTo("bytes");
            assertThat(server.get("/%c3%bf%c3%a9%01.html").status()).isEqualTo(404);
            NativeFiles.unlink(name);
        }
    }

    private static String random(int size) {
        byte[] content = new byte[size];
        new Random(1).nextBytes(content);
        return new String(content, StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sendfile on;", "sendfile off;", "sendfile on; sendfile_max_chunk 10k;",
            "sendfile on; limit_rate 100m;", "open_file_cache max=10; sendfile on;"})
    void sendsLargeFilesWhole(String how) {
        String text = random(3_000_001);
        String config = CONFIG.replace("types {", how + " types {");
        try (Frontdesk server = Frontdesk.file("html/big", text).start(config)) {
            assertThat(server.get("/big").body().equals(text)).isTrue();
            assertThat(server.get("/big", "Range: bytes=1000000-2000000").body())
                    .hasSize(1_000_001).satisfies(part -> assertThat(text.startsWith(part, 1_000_000)).isTrue());
            try (RawClient client = server.connect()) {
                String request = "GET /big HTTP/1.1\r\nHost: a\r\n\r\n";
                client.send(request + request);
                assertThat(client.readAnswer().body().equals(text)).isTrue();
                assertThat(client.readAnswer().body().equals(text)).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "limit_rate 100m;"})
    void sendsSmallFilesOfEachSizeBehindOneAnother(String how) {
        String text = random(17_000);
        int[] sizes = {1, 4096, 8191, 8192, 8193, 15_000, 15_900, 16_000, 16_200, 16_383, 16_384, 16_385, 17_000};
        Frontdesk.Builder starting = Frontdesk.file("html/none", "");
        StringBuilder requests = new StringBuilder();
        for (int size : sizes) {
            starting.file("html/f" + size, text.substring(0, size));
            requests.append("GET /f").append(size).append(" HTTP/1.1\r\nHost: a\r\n\r\n")
                    .append("GET /f").append(size).append(" HTTP/1.1\r\nHost: a\r\nRange: bytes=-500\r\n\r\n");
        }
        try (Frontdesk server = starting.start(CONFIG.replace("types {", how + " types {"));
                RawClient client = server.connect()) {
            client.send(requests.toString());
            for (int size : sizes) {
                assertThat(client.readAnswer().body().equals(text.substring(0, size))).as("%d", size).isTrue();
                assertThat(client.readAnswer().body().equals(text.substring(Math.max(0, size - 500), size)))
                        .as("end of %d", size).isTrue();
            }
        }
    }

    @Test
    void breaksOffWhenASmallFileHasBecomeSmaller() throws IOException {
        String config = CONFIG.replace("types {", "open_file_cache max=10; open_file_cache_valid 1h; types {");
        try (Frontdesk server = Frontdesk.file("html/page", "0123456789").start(config)
                .expects("pread() read only 4 of 10 from ")) {
            assertThat(server.get("/page").body()).isEqualTo("0123456789");
            Files.writeString(server.prefix().resolve("html/page"), "0123");
            try (RawClient client = server.connect()) {
                client.send("GET /page HTTP/1.1\r\nHost: a\r\n\r\n");
                assertThat(client.awaitEnd()).doesNotContain("0123");
            }
            assertThat(server.errorLog()).contains("pread() read only 4 of 10 from ");
        }
    }

    @Test
    void sendsSeveralRangesOfALargeFileInAnyOrder() {
        String text = random(300_000);
        for (String how : new String[]{"sendfile on;", "sendfile off;"}) {
            try (Frontdesk server = Frontdesk.file("html/big", text)
                    .start(CONFIG.replace("types {", how + " types {"))) {
                Answer answer = server.get("/big", "Range: bytes=200000-290000,100-200");

                assertThat(answer.status()).isEqualTo(206);
                String boundary = answer.field("Content-Type").replace("multipart/byteranges; boundary=", "");
                assertThat(answer.body().equals("\r\n--" + boundary
                        + "\r\nContent-Type: text/plain\r\nContent-Range: bytes 200000-290000/300000\r\n\r\n"
                        + text.substring(200000, 290001) + "\r\n--" + boundary
                        + "\r\nContent-Type: text/plain\r\nContent-Range: bytes 100-200/300000\r\n\r\n"
                        + text.substring(100, 201) + "\r\n--" + boundary + "--\r\n")).isTrue();
            }
        }
    }

    @Test
    void stopsWhenTheClientGoes() {
        String text = random(20_000_000);
        for (String how : new String[]{"sendfile on;", "sendfile off;"}) {
            try (Frontdesk server = Frontdesk.file("html/big", text)
                    .start(CONFIG.replace("types {", how + " types {"))) {
                try (RawClient client = server.connect()) {
                    client.send("GET /big HTTP/1.1\r\nHost: a\r\n\r\n");
                    client.awaitBytes(1000);
                    client.reset();
                }
                assertThat(server.get("/page").status()).isEqualTo(404);
            }
        }
    }
}
