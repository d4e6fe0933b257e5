package io.frontdesk.e2e.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.Frame;
import io.frontdesk.testkit.FrameClient;
import io.frontdesk.testkit.Frontdesk;
import org.junit.jupiter.api.Test;

final class ServedTest {
    private static final String CONFIG = """
            events {}
            http {
                http2 on;
                client_max_body_size 0;
                server {
                    listen 127.0.0.1:{{port}};
                    location / { return 200 "$server_protocol $http2 $request_uri $host $http_cookie"; }
                    location /up { proxy_pass http://127.0.0.1:{{port.back}}; }
                    location /unbuffered { proxy_request_buffering off; proxy_pass http://127.0.0.1:{{port.back}}; }
                }
                server {
                    listen 127.0.0.1:{{port.back}};
                    location / { add_header Trailed no; return 200 "$request_method $content_length $request_body"; }
                }
            }
            """;

    @Test
    void answersWhoBeginsWithThePreface() {
        try (Frontdesk frontdesk = Frontdesk.start(CONFIG);
                FrameClient client = FrameClient.connect(frontdesk.port())) {
            client.get(1, "/a?b");
            assertThat(client.awaitHead()).containsEntry(":status", "200").containsKey("server").containsKey("date");
            assertThat(client.awaitContent()).isEqualTo("HTTP/2.0 h2c /a?b localhost ");
        }
    }

    @Test
    void speaksHttp1OnTheSamePort() {
        try (Frontdesk frontdesk = Frontdesk.start(CONFIG)) {
            assertThat(frontdesk.get("/x").body()).startsWith("HTTP/1.1  /x");
        }
    }

    @Test
    void takesAPrefaceInPieces() {
        try (Frontdesk frontdesk = Frontdesk.start(CONFIG);
                var raw = frontdesk.connect()) {
            for (char octet : "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".toCharArray()) {
                raw.send(String.valueOf(octet));
            }
            raw.send(FrameClient.bytes(Frame.SETTINGS, 0, 0, ""));
            assertThat(raw.awaitBytes(9)).startsWith("\0\0\22\4");
        }
    }

    @Test
    void answersManyStreamsOfOneRead() {
        try (Frontdesk frontdesk = Frontdesk.start(CONFIG);
                FrameClient client = FrameClient.connect(frontdesk.port())) {
            StringBuilder all = new StringBuilder();
            for (int stream = 1; stream < 200; stream += 2) {
                all.append(FrameClient.bytes(Frame.HEADERS, 5, stream,
                        Frame.block(":method: GET", ":scheme: http", ":path: /" + stream, ":authority: localhost")));
            }
            client.raw().send(all.toString());
            for (int stream = 1; stream < 200; stream += 2) {
                assertThat(client.awaitContent()).contains("/" + stream + " ");
            }
        }
    }

    @Test
    void leavesAClientTimeToReadAnAnswerThatComesBeforeItHasSentAll() {
        try (Frontdesk frontdesk = Frontdesk.start(CONFIG);
                FrameClient client = FrameClient.connect(frontdesk.port())) {
            client.send(Frame.HEADERS, Frame.END_HEADERS, 1,
                    Frame.block(":method: POST", ":scheme: http", ":path: /early", ":authority: localhost"));
            assertThat(client.awaitContent()).contains(" /early ");
            client.send(Frame.DATA, Frame.END, 1, "all of it").send(Frame.PING, 0, 0, "pingpong");
            Frame next;
            do {
                next = client.read();
                assertThat(next.type()).isNotEqualTo(Frame.RST_STREAM);
            } while (next.type() != Frame.PING);
        }
    }

    @Test
    void tellsAClientToStopThatGoesOnSendingAfterItsAnswer() {
        try (Frontdesk frontdesk = Frontdesk.start(CONFIG);
                FrameClient client = FrameClient.connect(frontdesk.port())) {
            client.send(Frame.HEADERS, Frame.END_HEADERS, 1,
                    Frame.block(":method: POST", ":scheme: http", ":path: /early", ":authority: localhost"));
            client.awaitContent();
            client.send(Frame.DATA, 0, 1, "more");
            assertThat(client.awaitReset()).isZero();
            client.get(3, "/next");
            assertThat(client.awaitContent()).contains(" /next ");
        }
    }

    @Test
    void joinsCookieCrumbs() {
        try (Frontdesk frontdesk = Frontdesk.start(CONFIG);
                FrameClient client = FrameClient.connect(frontdesk.port())) {
            client.request(1, Frame.block(":method: GET", ":scheme: http", ":path: /", ":authority: localhost",
                    "cookie: a=b", "cookie: c=d"));
            client.awaitHead();
            assertThat(client.awaitContent()).endsWith("localhost a=b; c=d");
        }
    }

    @Test
    void passesContentOnWithinTheWindows() {
        try (Frontdesk frontdesk = Frontdesk.start(CONFIG);
                FrameClient client = FrameClient.connect(frontdesk.port())) {
            for (String path : new String[]{"/up", "/unbuffered"}) {
                int stream = path.equals("/up") ? 1 : 3;
                client.send(Frame.HEADERS, Frame.END_HEADERS, stream,
                        Frame.block(":method: PUT", ":scheme: http", ":path: " + path, ":authority: localhost"));
                for (int i = 0; i < 3; i++) {
                    client.send(Frame.DATA, 0, stream, "x".repeat(16_000));
                }
                client.send(Frame.DATA, Frame.END, stream, "end");
                assertThat(client.awaitHead()).containsEntry(":status", "200");
                assertThat(client.awaitContent()).startsWith("PUT");
            }
        }
    }

    @Test
    void refusesContentThatComesAtLessThanTheLeastRate() {
        try (Frontdesk frontdesk = Frontdesk.start(CONFIG.replace("client_max_body_size 0;", """
                client_body_timeout 300ms;
                client_body_min_rate 1k;
                log_format status "$status";
                access_log logs/access.log status;
                """)); FrameClient client = FrameClient.connect(frontdesk.port())) {
            client.send(Frame.HEADERS, Frame.END_HEADERS, 1,
                    Frame.block(":method: PUT", ":scheme: http", ":path: /up", ":authority: localhost"));
            await().untilAsserted(() -> {
                // one octet each time that this looks
                client.send(Frame.DATA, 0, 1, "x");
                assertThat(frontdesk.errorLog()).contains("client sends its body too slowly");
            });
            await().untilAsserted(() -> assertThat(frontdesk.read("logs/access.log")).startsWith("408\n"));
        }
    }

    @Test
    void sendsNoMoreThanTheWindowAllows() {
        try (Frontdesk frontdesk = Frontdesk.with("x", "y").file("html/big", "z".repeat(100_000)).start("""
                events {}
                http { http2 on; server { listen 127.0.0.1:{{port}}; root html; } }
                """);
                FrameClient client = FrameClient.connect(frontdesk.port(), Frame.setting(4, 10))) {
            client.get(1, "/big");
            assertThat(client.await(Frame.DATA).payload()).hasSize(10);
            client.send(Frame.WINDOW_UPDATE, 0, 1, Frame.number(7));
            assertThat(client.await(Frame.DATA).payload()).hasSize(7);
            client.send(Frame.WINDOW_UPDATE, 0, 1, Frame.number(1 << 20));
            client.send(Frame.WINDOW_UPDATE, 0, 0, Frame.number(1 << 20));
            assertThat(client.awaitContent()).hasSize(100_000 - 17);
        }
    }

    @Test
    void saysGoodbyeTwiceAndTakesWhatCameBetween() {
        try (Frontdesk frontdesk = Frontdesk.start("""
                events {}
                http { http2 on; keepalive_requests 1;
                    server { listen 127.0.0.1:{{port}}; location / { return 200 ok; } } }
                """);
                FrameClient client = FrameClient.connect(frontdesk.port())) {
            client.get(1, "/");
            assertThat(client.await(Frame.GOAWAY).payload()).startsWith("\u007f\u00ff\u00ff\u00ff");
            Frame ping = client.await(Frame.PING);
            client.get(3, "/");
            client.awaitContent();
            client.send(Frame.PING, Frame.END, 0, ping.payload());
            assertThat(client.await(Frame.GOAWAY).payload()).isEqualTo("\0\0\0\3\0\0\0\0");
        }
    }

    @Test
    void endsAnIdleConnectionAtOnceWhenItQuits() {
        Frontdesk frontdesk = Frontdesk.start(CONFIG);
        FrameClient client = FrameClient.connect(frontdesk.port());
        client.get(1, "/");
        client.awaitContent();
        frontdesk.close();
        client.close();
    }
}
