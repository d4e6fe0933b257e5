package io.frontdesk.e2e.chapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.OriginConnection;
import io.frontdesk.testkit.OriginRequest;
import io.frontdesk.testkit.RawClient;
import org.junit.jupiter.api.Test;

/** Server-sent events and WebSockets. */
class StreamingTest {
    @Test
    void passesEachEventAtOnce() {
        try (Origin app = Origin.scripted(); Frontdesk server = Frontdesk.with("app", app).start("""
                http {
                upstream app_backend { server {{app}}; }
                server {
                listen 127.0.0.1:{{port}};
                location /events {
                proxy_pass http://app_backend;
                proxy_buffering off; # forward bytes immediately
                proxy_cache off;
                proxy_http_version 1.1;
                proxy_set_header Connection "";
                proxy_read_timeout 24h; # SSE may stay open for a long time
                }
                }
                }
                """); RawClient client = server.connect()) {
            client.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
            try (OriginConnection origin = app.accept()) {
                origin.readHead();
                origin.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
                origin.send("9\r\ndata: 1\n\n\r\n");
                assertThat(client.awaitText("data: 1\n\n")).contains("200 OK").contains("text/event-stream");
                origin.send("9\r\ndata: 2\n\n\r\n");
                client.awaitText("data: 2\n\n");
                origin.send("0\r\n\r\n");
                client.awaitText("0\r\n\r\n");
            }
        }
    }

    @Test
    void tunnelsAWebSocketOnceItWasAccepted() {
        try (Origin app = Origin.scripted(); Frontdesk server = Frontdesk.with("app", app).start("""
                http {
                upstream app_backend { server {{app}}; }
                server {
                listen 127.0.0.1:{{port}};
                location /ws {
                proxy_pass http://app_backend;
                proxy_http_version 1.1;
                proxy_set_header Upgrade $http_upgrade;
                proxy_set_header Connection "upgrade";
                proxy_read_timeout 86400; # long-lived connection
                proxy_buffering off;
                }
                }
                }
                """); RawClient client = server.connect()) {
            client.send("GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==\r\nSec-WebSocket-Version: 13\r\n\r\n");
            try (OriginConnection origin = app.accept()) {
                OriginRequest request = origin.readHead();
                assertThat(request.field("Upgrade")).isEqualTo("websocket");
                assertThat(request.field("Connection")).isEqualToIgnoringCase("upgrade");
                origin.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
                assertThat(client.awaitText("\r\n\r\n")).startsWith("HTTP/1.1 101 ").contains("Upgrade: websocket");
                client.send("ping from client");
                origin.raw().awaitText("ping from client");
                origin.send("pong from origin");
                client.awaitText("pong from origin");
            }
        }
    }
}
