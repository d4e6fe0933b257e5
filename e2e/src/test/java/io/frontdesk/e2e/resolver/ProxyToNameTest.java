package io.frontdesk.e2e.resolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.DnsAnswer;
import io.frontdesk.testkit.DnsServer;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.RawClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** proxy_pass to a name that is known when the request comes. */
class ProxyToNameTest {
    private static final String CONFIG = """
            http {
                resolver {{dns}};
                server {
                    listen 127.0.0.1:{{port}};
                    location / { proxy_pass http://$arg_host:{{origin}}; }
                    location /short { resolver_timeout 100ms; proxy_pass http://$arg_host:{{origin}}; }
                    location /next {
                        proxy_pass http://$arg_host:{{origin}};
                        add_header X-Addr $upstream_addr;
                    }
                    location /v4 { resolver {{dns}} ipv6=off; proxy_pass http://$arg_host:{{origin}}; }
                }
            }
            """;

    private static Frontdesk server(DnsServer dns, Origin origin) {
        return Frontdesk.with("dns", dns).with("origin", origin.port()).start(CONFIG);
    }

    @Test
    void goesToTheAddressOfTheName() {
        try (DnsServer dns = DnsServer.answering("127.0.0.1");
                Origin origin = Origin.answering("hello");
                Frontdesk server = server(dns, origin)) {
            assertThat(server.get("/?host=a.example").body()).isEqualTo("hello");
            assertThat(origin.lastRequest().field("Host")).isEqualTo("a.example:" + origin.port());
            assertThat(server.get("/?host=127.0.0.1").body()).isEqualTo("hello");
            assertThat(dns.asked()).allMatch(question -> question.name().equals("a.example"));
        }
    }

    @Test
    void triesTheNextAddressWhenOneRefuses() {
        try (DnsServer dns = DnsServer.answering(
                q -> DnsAnswer.of().address(60, "127.255.255.254").address(60, "127.0.0.1"));
                Origin origin = Origin.answering("hello");
                Frontdesk server = server(dns, origin)) {
            Answer answer = server.get("/next?host=a.example");
            assertThat(answer.body()).isEqualTo("hello");
            assertThat(answer.field("X-Addr")).isEqualTo(
                    "127.255.255.254:" + origin.port() + ", 127.0.0.1:" + origin.port());
        }
    }

    @ParameterizedTest
    @CsvSource({"2, (2: Server failure)", "3, (3: Host not found)", "5, (5: Operation refused)"})
    void answers502WhenTheNameHasNoAddress(int code, String reason) {
        try (DnsServer dns = DnsServer.answering(q -> DnsAnswer.code(code));
                Origin origin = Origin.answering("hello");
                Frontdesk server = server(dns, origin)) {
            assertThat(server.get("/?host=a.example").status()).isEqualTo(502);
            await().until(() -> server.errorLog().contains("a.example could not be resolved " + reason
                    + ", client: 127.0.0.1, server: , request: \"GET /?host=a.example HTTP/1.1\""));
        }
    }

    @Test
    void answers502WhenTheResolverIsSilent() {
        try (DnsServer dns = DnsServer.silent();
                Origin origin = Origin.answering("hello");
                Frontdesk server = server(dns, origin)) {
            assertThat(server.get("/short?host=a.example").status()).isEqualTo(502);
            await().until(() -> server.errorLog().contains(
                    "[error]")
                    && server.errorLog().contains("a.example could not be resolved "
                            + "(110: Operation timed out), client: 127.0.0.1"));
        }
    }

    @Test
    void answers502WithoutAResolver() {
        try (Frontdesk server = Frontdesk.start("""
                http {
                    server {
                        listen 127.0.0.1:{{port}};
                        location / { proxy_pass http://$arg_host; }
                    }
                }
                """)) {
            assertThat(server.get("/?host=a.example").status()).isEqualTo(502);
            await().until(() -> server.errorLog().contains("no resolver defined to resolve a.example, client:"));
        }
    }

    @Test
    void forgetsTheRequestOfAClientThatLeft() {
        try (DnsServer dns = DnsServer.silent();
                Origin origin = Origin.answering("hello");
                Frontdesk server = server(dns, origin)) {
            RawClient client = server.connect().send("GET /?host=a.example HTTP/1.1\r\nHost: x\r\n\r\n");
            await().until(() -> dns.count("a.example") > 0);
            client.close();
            await().until(() -> server.errorLog().contains("client prematurely closed connection"));
        }
    }

    @Test
    void keepsItsAnswersOverAReload() {
        try (DnsServer dns = DnsServer.answering("127.0.0.1");
                Origin origin = Origin.answering("hello");
                Frontdesk server = server(dns, origin)) {
            assertThat(server.get("/?host=a.example").status()).isEqualTo(200);
            long asked = dns.count("a.example");
            assertThat(server.reload(CONFIG)).isTrue();
            assertThat(server.get("/?host=a.example").status()).isEqualTo(200);
            // The connections may be on several loops, each of which asks for itself once.
            assertThat(dns.count("a.example")).isLessThanOrEqualTo(2 * asked);
        }
    }

    @Test
    void readsTheBodyBeforeItAsks() {
        try (DnsServer dns = DnsServer.answering("127.0.0.1");
                Origin origin = Origin.answering("hello");
                Frontdesk server = server(dns, origin);
                RawClient client = server.connect()) {
            client.send("POST /v4?host=a.example HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbo");
            client.send("dy");
            assertThat(client.awaitText("hello")).contains("200 OK");
            assertThat(origin.lastRequest().body()).isEqualTo("body");
            assertThat(dns.count("a.example", "AAAA")).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "resolver 127.0.0.1 valid=x; | invalid parameter: valid=x",
            "resolver 127.0.0.1 ipv6=maybe; | invalid parameter: ipv6=maybe",
            "resolver 127.0.0.1 ipv4=off ipv6=off; | \"ipv4\" and \"ipv6\" cannot both be \"off\"",
            "resolver valid=5s; | no name servers defined",
            "resolver 127.0.0.1:0; | invalid port in resolver \"127.0.0.1:0\"",
            "resolver :53; | no host in resolver \":53\"",
            "resolver [::1; | invalid host in resolver \"[::1\"",
            "resolver [::1]x; | invalid host in resolver \"[::1]x\"",
            "resolver [127.0.0.x]; | invalid IPv6 address in resolver \"[127.0.0.x]\"",
            "resolver 127.0.0.1; resolver 127.0.0.1; | \"resolver\" directive is duplicate"})
    void refusesALineThatIsNone(String line, String reason) {
        assertThat(Frontdesk.refusal("http { " + line + " }")).contains(reason);
    }

    @Test
    void takesNamesAndIpv6AddressesOfServers() {
        try (Frontdesk server = Frontdesk.start("""
                http {
                    resolver localhost [::1] [::1]:5353 127.0.0.1:5353 valid=1m30s status_zone=dns;
                    resolver_timeout 5s;
                    server { listen 127.0.0.1:{{port}}; }
                }
                """)) {
            assertThat(server.get("/no").status()).isEqualTo(404);
        }
    }
}
