package io.frontdesk.e2e.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.OriginConnection;
import io.frontdesk.testkit.RawClient;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

/** Server-sent events that are compressed on their way: each is there before the next is sent. */
class CompressedEventsTest {
    private static final String CONFIG = """
            worker_processes 1;
            http {
                gzip on;
                gzip_types text/event-stream;
                gzip_proxied any;
                server {
                    listen 127.0.0.1:{{port}};
                    location / { proxy_pass http://{{app}}; proxy_buffering off; }
                }
            }
            """;

    @Test
    void eachEventCanBeReadAtOnce() throws DataFormatException {
        try (Origin app = Origin.scripted();
                Frontdesk server = Frontdesk.with("app", app).start(CONFIG);
                RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n");
            try (OriginConnection origin = app.accept(); Inflater inflater = new Inflater(true)) {
                origin.readRequest();
                origin.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
                String head = client.awaitText("\r\n\r\n");
                assertThat(head).contains("Content-Encoding: gzip").contains("Transfer-Encoding: chunked");
                boolean first = true;
                for (String event : new String[]{"data: one\n\n", "data: two\n\n",
                        "data: " + "x".repeat(50_000) + "\n\n"}) {
                    origin.send(event);
                    StringBuilder got = new StringBuilder();
                    while (got.length() < event.length()) {
                        byte[] chunk = readChunk(client);
                        int skipped = first ? 10 : 0;
                        first = false;
                        inflater.setInput(chunk, skipped, chunk.length - skipped);
                        byte[] out = new byte[60_000];
                        int n = inflater.inflate(out);
                        got.append(new String(out, 0, n, StandardCharsets.ISO_8859_1));
                    }
                    assertThat(got.toString()).isEqualTo(event);
                }
            }
        }
    }

    private static byte[] readChunk(RawClient client) {
        int size = Integer.parseInt(client.awaitText("\r\n").strip(), 16);
        byte[] bytes = client.awaitBytes(size).getBytes(StandardCharsets.ISO_8859_1);
        client.awaitText("\r\n");
        return bytes;
    }
}
