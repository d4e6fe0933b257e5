package io.frontdesk.e2e.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.RawClient;
import org.junit.jupiter.api.Test;

class ProxyHeaderTest {
    private static final String CONFIG = """
            http {
                server {
                    listen 127.0.0.1:{{port}} proxy_protocol;
                    set_real_ip_from 127.0.0.1;
                    real_ip_header proxy_protocol;
                    return 200 "$remote_addr:$remote_port $proxy_protocol_addr $proxy_protocol_server_port";
                }
            }
            """;

    @Test
    void tellsTheClientsAddressForAllRequestsOfItsConnection() {
        try (Frontdesk server = Frontdesk.start(CONFIG); RawClient client = server.connect()) {
            client.send("PROXY TCP4 192.0.2.1 192.0.2.2 12").send("34 5678\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.readAnswer().body()).isEqualTo("192.0.2.1:1234 192.0.2.1 5678");
            client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.readAnswer().body()).isEqualTo("192.0.2.1:1234 192.0.2.1 5678");
        }
    }

    @Test
    void endsConnectionsThatDoNotBeginWithOne() {
        try (Frontdesk server = Frontdesk.start(CONFIG); RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.awaitEnd()).isEmpty();
            await().untilAsserted(() -> assertThat(server.errorLog()).contains("broken header: \"GET / HTTP/1.1")
                    .contains("while reading PROXY protocol, client: 127.0.0.1"));
        }
    }
}
