package io.frontdesk.e2e.buffering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.OriginConnection;
import io.frontdesk.testkit.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

/** {@code proxy_store}: whole answers become files. */
class StoreTest {
    private static final String CONFIG = """
            worker_processes 1;
            http {
                root {{prefix}}/data;
                proxy_temp_path {{prefix}}/temp;
                server {
                    listen 127.0.0.1:{{port}};
                    location / { proxy_pass http://{{app}}; proxy_store on; }
                    location /named/ {
                        proxy_pass http://{{app}};
                        proxy_store {{prefix}}/other/$arg_name;
                        proxy_store_access user:rw group:r all:r;
                    }
                    location /kept/ { root {{prefix}}/data; }
                }
            }
            """;

    @Test
    void storesAWholeAnswerUnderItsUri() throws IOException {
        try (Origin app = Origin.answering(request -> "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n"
                + "Last-Modified: Mon, 28 Sep 1970 06:00:00 GMT\r\n\r\nhi");
                Frontdesk server = Frontdesk.with("app", app).start(CONFIG)) {
            assertThat(server.get("/a/b.txt").body()).isEqualTo("hi");
            Path stored = server.prefix().resolve("data/a/b.txt");
            assertThat(stored).hasContent("hi");
            assertThat(Files.getLastModifiedTime(stored).toMillis()).isEqualTo(23_349_600_000L);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(stored))).isEqualTo("rw-------");
            assertThat(server.get("/named/?name=x").body()).isEqualTo("hi");
            Path named = server.prefix().resolve("other/x");
            assertThat(named).hasContent("hi");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(named))).isEqualTo("rw-r--r--");
        }
    }

    @Test
    void storesNothingOfAnAnswerThatBreaksOffOrIsNoSuccess() {
        try (Origin app = Origin.scripted(); Frontdesk server = Frontdesk.with("app", app).start(CONFIG)) {
            try (RawClient client = server.connect()) {
                client.send("GET /short HTTP/1.1\r\nHost: a\r\n\r\n");
                try (OriginConnection origin = app.accept()) {
                    origin.readHead();
                    origin.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345");
                }
                client.awaitEnd();
            }
            try (RawClient client = server.connect()) {
                client.send("GET /missing HTTP/1.1\r\nHost: a\r\n\r\n");
                try (OriginConnection origin = app.accept()) {
                    origin.readHead();
                    origin.send("HTTP/1.1 404 Not Found\r\nContent-Length: 1\r\n\r\nx");
                    assertThat(client.readAnswer().status()).isEqualTo(404);
                }
            }
            assertThat(server.prefix().resolve("data/short")).doesNotExist();
            assertThat(server.prefix().resolve("data/missing")).doesNotExist();
            assertThat(server.prefix().resolve("temp")).isEmptyDirectory();
        }
    }

    @Test
    void storesAnAnswerWhoseClientHasGone() {
        try (Origin app = Origin.scripted(); Frontdesk server = Frontdesk.with("app", app).start(CONFIG)) {
            try (RawClient client = server.connect(); OriginConnection origin = ask(client, app)) {
                origin.readHead();
                origin.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345");
                client.awaitText("12345");
                client.reset();
                await().until(() -> server.errorLog().contains("reset") || server.errorLog().contains("closed"));
                origin.send("67890");
                await().untilAsserted(
                        () -> assertThat(server.prefix().resolve("data/left")).hasContent("1234567890"));
            }
        }
    }

    private static OriginConnection ask(RawClient client, Origin app) {
        client.send("GET /left HTTP/1.1\r\nHost: a\r\n\r\n");
        return app.accept();
    }
}
