package io.frontdesk.app.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reverse-proxy chapter: its complete server is clean, its common mistakes are found; and our own examples are clean. */
class ChapterTest {
    @TempDir
    private Path folder;

    private List<String> lint(String http) {
        return Linted.text(folder, "events {}\nhttp {\n" + http + "\n}\n").rules();
    }

    @Test
    void theCompleteProxyServerIsClean() {
        assertThat(lint("""
                upstream app_backend {
                    server 127.0.0.1:8080;
                    keepalive 64;
                }
                server {
                    listen 80;
                    server_name example.com;
                    location /assets/ {
                        root /var/www/example.com;
                        expires 1y;
                        add_header Cache-Control "public, immutable";
                    }
                    location / {
                        proxy_pass http://app_backend;
                        proxy_set_header Host $host;
                        proxy_set_header X-Real-IP $remote_addr;
                        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                        proxy_set_header X-Forwarded-Proto $scheme;
                        proxy_http_version 1.1;
                        proxy_set_header Connection "";
                        proxy_connect_timeout 5s;
                        proxy_send_timeout 60s;
                        proxy_read_timeout 60s;
                        proxy_buffering on;
                        proxy_buffer_size 16k;
                        proxy_buffers 8 16k;
                        proxy_busy_buffers_size 32k;
                    }
                }
                """)).isEmpty();
    }

    @Test
    void findsTheMissingHostAndTheDefaultTimeouts() {
        assertThat(lint("""
                server {
                    listen 80;
                    server_name example.com;
                    location / {
                        proxy_pass http://127.0.0.1:8080;
                    }
                }
                """)).containsExactlyInAnyOrder("proxy-host-missing", "proxy-timeouts-default");
    }

    @Test
    void findsBufferingOnAStream() {
        assertThat(lint("""
                upstream app_backend { server 127.0.0.1:8080; }
                server {
                    listen 80;
                    proxy_set_header Host $host;
                    proxy_connect_timeout 5s;
                    location /events { proxy_pass http://app_backend; }
                }
                """)).containsExactlyInAnyOrder("proxy-stream-buffered", "proxy-stream-timeout");
    }

    @Test
    void leavesTheStreamAndTheWebSocketOfTheChapterAlone() {
        assertThat(lint("""
                upstream app_backend { server 127.0.0.1:8080; keepalive 64; }
                server {
                    listen 80;
                    proxy_connect_timeout 5s;
                    location /events {
                        proxy_pass http://app_backend;
                        proxy_buffering off;
                        proxy_http_version 1.1;
                        proxy_set_header Host $host;
                        proxy_set_header Connection "";
                        proxy_read_timeout 24h;
                    }
                    location /ws {
                        proxy_pass http://app_backend;
                        proxy_http_version 1.1;
                        proxy_set_header Host $host;
                        proxy_set_header Upgrade $http_upgrade;
                        proxy_set_header Connection "upgrade";
                        proxy_read_timeout 86400;
                        proxy_buffering off;
                    }
                }
                """)).isEmpty();
    }

    static Stream<String> slashes() {
        return Stream.of("location /api { proxy_pass http://app_backend/; }",
                "location /api/ { proxy_pass http://app_backend/v1; }",
                "location /api/ { proxy_pass http://app_backend/; } location /admin/ { proxy_pass http://app_backend; }");
    }

    @ParameterizedTest
    @MethodSource("slashes")
    void findsTheConfusionOfSlashes(String locations) {
        assertThat(lint("""
                upstream app_backend { server 127.0.0.1:8080; }
                server {
                    listen 80;
                    proxy_set_header Host $host;
                    proxy_connect_timeout 5s;
                    proxy_read_timeout 30s;
                """ + locations + "}")).singleElement().asString().startsWith("proxy-uri-");
    }

    @Test
    void findsABackendThatEverybodyReaches() {
        assertThat(lint("""
                server {
                    listen 80;
                    proxy_set_header Host $host;
                    proxy_connect_timeout 5s;
                    proxy_read_timeout 30s;
                    location / { proxy_pass http://203.0.113.10:8080; }
                }
                """)).containsExactly("proxy-origin-exposed");
    }

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../examples"))) {
            return files.filter(file -> file.toString().endsWith(".conf")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void ourExamplesAreClean(Path example) throws IOException {
        Files.copy(example, folder.resolve("nginx.conf"));

        assertThat(Linted.folder(folder).shown()).startsWith("no findings");
    }
}
