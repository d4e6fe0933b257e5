package io.frontdesk.e2e.buffering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.OriginConnection;
import io.frontdesk.testkit.RawClient;
import org.junit.jupiter.api.Test;

/** The fault table's rows "disk full: body temp file" and "disk full: proxy temp or cache". */
class DiskFullTest {
    private static final int SIZE = 16 << 20;

    @Test
    void goesOnUnbufferedWithOneLineWhenTheDiskOfResponsesIsFull() {
        String body = "0123456789abcdef".repeat(SIZE / 16);
        try (Tmpfs disk = new Tmpfs();
                Origin app = Origin.answering(body);
                Frontdesk server = Frontdesk.with("app", app).with("disk", disk).start("""
                        worker_processes 1;
                        http {
                            proxy_temp_path {{disk}}/temp;
                            server { listen 127.0.0.1:{{port}}; location / { proxy_pass http://{{app}}; } }
                        }
                        """).expects("failed (28: No space left on device)");
                RawClient first = server.connect();
                RawClient second = server.connect()) {
            first.send("GET / HTTP/1.0\r\n\r\n");
            second.send("GET / HTTP/1.0\r\n\r\n");
            await().until(() -> server.errorLog().contains("No space left on device"));
            assertThat(second.readAnswer().body()).isEqualTo(body);
            assertThat(first.readAnswer().body()).isEqualTo(body);
            assertThat(server.errorLog().lines().filter(line -> line.contains("[crit]"))).hasSize(1)
                    .allMatch(line -> line.contains("pwrite() \"") && line.contains("while reading upstream"));
        }
    }

    @Test
    void answers500WhenTheDiskOfRequestBodiesIsFull() {
        try (Tmpfs disk = new Tmpfs();
                Origin app = Origin.answering("ok");
                Frontdesk server = Frontdesk.with("app", app).with("disk", disk).start("""
                        http {
                            client_body_temp_path {{disk}}/temp;
                            client_max_body_size 10m;
                            server { listen 127.0.0.1:{{port}}; location / { proxy_pass http://{{app}}; } }
                        }
                        """).expects("failed (28: No space left on device)");
                RawClient client = server.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + (2 << 20) + "\r\n\r\n");
            client.send("x".repeat(2 << 20));
            Answer answer = client.readAnswer();
            assertThat(answer.status()).isEqualTo(500);
            assertThat(server.errorLog()).containsPattern("\\[crit] .*pwrite\\(\\) \".*\" failed \\(28: No space left");
            assertThat(app.connectionCount()).isZero();
            // the disk is free again
            assertThat(server.get("/").body()).isEqualTo("ok");
        }
    }

    @Test
    void answersAllTheSameWhenTheDiskOfACacheIsFullAndKeepsNoPart() {
        String body = "0123456789abcdef".repeat(SIZE / 4 / 16);
        try (Tmpfs disk = new Tmpfs();
                Origin app = Origin.telling(request -> request.target().equals("/small") ? "small" : body);
                Frontdesk server = Frontdesk.with("app", app).with("disk", disk).start("""
                        worker_processes 1;
                        http {
                            proxy_cache_path {{disk}}/cache keys_zone=one:1m;
                            server {
                                listen 127.0.0.1:{{port}};
                                location / {
                                    proxy_pass http://{{app}};
                                    proxy_cache one;
                                    proxy_cache_valid 1h;
                                    add_header X-Cache $upstream_cache_status;
                                }
                            }
                        }
                        """).expects("failed (28: No space left on device)")) {
            for (int i = 0; i < 3; i++) {
                Answer answer = server.get("/large");
                assertThat(answer.body()).isEqualTo(body);
                assertThat(answer.field("X-Cache")).isEqualTo("MISS");
            }
            assertThat(server.errorLog().lines().filter(line -> line.contains("[crit]"))).singleElement().asString()
                    .contains("pwrite() \"").contains("failed (28: No space left on device)");
            // what was begun is gone, so that there is room for what fits
            assertThat(server.get("/small").field("X-Cache")).isEqualTo("MISS");
            assertThat(server.get("/small").field("X-Cache")).isEqualTo("HIT");
        }
    }

    @Test
    void goesOnUnbufferedWhenTheFolderOfResponsesCantBeMade() {
        String body = "x".repeat(SIZE);
        try (Origin app = Origin.scripted(); Frontdesk server = Frontdesk.with("app", app).file("plain", "").start("""
                worker_processes 1;
                http {
                    proxy_temp_path {{prefix}}/plain/temp;
                    server { listen 127.0.0.1:{{port}}; location / { proxy_pass http://{{app}}; } }
                }
                """).expects("failed (20: Not a directory)"); RawClient client = server.connect()) {
            client.send("GET / HTTP/1.0\r\n\r\n");
            try (OriginConnection origin = app.accept()) {
                origin.readHead();
                Thread sender = Thread.ofVirtual().start(() -> origin
                        .send("HTTP/1.1 200 OK\r\nContent-Length: " + SIZE + "\r\n\r\n").send(body));
                await().until(() -> server.errorLog().contains("Not a directory"));
                assertThat(client.readAnswer().body()).hasSize(SIZE);
                await().until(() -> !sender.isAlive());
            }
        }
    }
}
