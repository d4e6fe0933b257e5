package io.frontdesk.e2e.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * hash and ip_hash choose what nginx 1.31.5 chose for the same keys, addresses and servers. Nobody listens on those ports: a refused
 * connection shows the choice as well.
 */
class HashTest {
    private static final String CONFIG = """
            http {
                upstream consistent {
                    hash $arg_k consistent;
                    server 127.0.0.1:1 max_fails=0;
                    server 127.0.0.1:2 weight=3 max_fails=0;
                    server 127.0.0.2:1 max_fails=0;
                }
                upstream without_one {
                    hash $arg_k consistent;
                    server 127.0.0.1:1 max_fails=0;
                    server 127.0.0.1:2 weight=3 down;
                    server 127.0.0.2:1 max_fails=0;
                }
                upstream plain {
                    hash $arg_k;
                    server 127.0.0.1:1 max_fails=0;
                    server 127.0.0.1:2 weight=3 max_fails=0;
                    server 127.0.0.1:3 weight=2 max_fails=0;
                }
                upstream network {
                    ip_hash;
                    server 127.0.0.1:1 max_fails=0;
                    server 127.0.0.1:2 weight=3 max_fails=0;
                    server 127.0.0.1:3 weight=2 max_fails=0;
                }
                server {
                    listen 127.0.0.1:{{port}};
                    proxy_next_upstream off;
                    add_header X-Addr $upstream_addr always;
                    location / { proxy_pass http://$arg_u; }
                }
            }
            """;

    private static String choices(Frontdesk server, String upstream) {
        StringBuilder all = new StringBuilder();
        for (int i = 1; i <= 24; i++) {
            String address = server.get("/?u=" + upstream + "&k=key" + i).field("X-Addr");
            all.append(address.substring("127.0.0.".length()).replace(":", "")).append(' ');
        }
        return all.toString().strip();
    }

    @Test
    void choosesByConsistentHashAsNginxDoes() {
        try (Frontdesk server = Frontdesk.start(CONFIG)) {
            assertThat(choices(server, "consistent"))
                    .isEqualTo("21 12 12 12 21 12 12 12 12 12 21 21 11 12 12 12 12 21 11 21 12 11 11 12");
        }
    }

    @Test
    void movesOnlyTheKeysOfAServerThatIsDown() {
        try (Frontdesk server = Frontdesk.start(CONFIG)) {
            String[] before = choices(server, "consistent").split(" ");
            String[] after = choices(server, "without_one").split(" ");
            for (int i = 0; i < before.length; i++) {
                if (before[i].equals("12")) {
                    assertThat(after[i]).isIn("11", "21");
                } else {
                    assertThat(after[i]).isEqualTo(before[i]);
                }
            }
        }
    }

    @Test
    void choosesByPlainHashAsNginxDoes() {
        try (Frontdesk server = Frontdesk.start(CONFIG)) {
            assertThat(choices(server, "plain"))
                    .isEqualTo("13 12 13 12 13 13 12 11 12 13 12 13 13 12 11 12 11 12 13 12 11 13 13 13");
        }
    }

    @ParameterizedTest
    @CsvSource({"127.0.1.9, 2", "127.1.2.3, 2", "127.7.7.7, 2", "127.3.0.1, 3", "127.3.0.99, 3", "127.44.1.1, 1"})
    void choosesByTheClientsNetworkAsNginxDoes(String client, int port) throws IOException {
        try (Frontdesk server = Frontdesk.start(CONFIG); Socket socket = new Socket()) {
            socket.setSoTimeout((int) RawClient.DEADLINE.toMillis());
            socket.bind(new InetSocketAddress(InetAddress.getByName(client), 0));
            socket.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), server.port()));
            socket.getOutputStream()
                    .write("GET /?u=network HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(answer).contains("X-Addr: 127.0.0.1:" + port + "\r\n");
        }
    }
}
