package io.frontdesk.e2e.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Row: config errors. Each file that a configuration names is taken away in turn, or made nonsense: {@code -t} fails with its name, a
 * reload keeps the old configuration, and nothing is ever served with less protection than was asked for.
 */
class MissingFileTest {
    private static final TestCertificate ROOT = TestCertificate.authority("root");
    private static final TestCertificate OWN = ROOT.issue("own.example");

    /** A file reference is a word that begins with {@code f-}; {@code f-pem-} is one whose content is read at the load. */
    private static final String CONFIG = """
            include f-main.conf;
            error_log f-logs/error.log;
            error_log logs/error.log info;
            http {
                include f-mime.types;
                access_log f-logs/access.log;
                proxy_ssl_trusted_certificate f-pem-ca.crt;
                proxy_ssl_verify on;
                proxy_ssl_name own.example;
                map $uri $mapped { default 1; include f-map.conf; }
                geo $near { default 1; include f-geo.conf; }
                server {
                    listen 127.0.0.1:{{port}};
                    location / { return 200 "old"; }
                    location /up {
                        proxy_pass https://127.0.0.1:{{port.tls}};
                        proxy_ssl_certificate f-pem-client.crt;
                        proxy_ssl_certificate_key f-pem-client.key;
                        proxy_ssl_password_file f-password;
                    }
                    location /up/other {
                        proxy_pass https://127.0.0.1:{{port.tls}};
                        proxy_ssl_trusted_certificate f-pem-other-ca.crt;
                    }
                }
                server {
                    listen 127.0.0.1:{{port.tls}} ssl;
                    ssl_certificate f-pem-own.crt;
                    ssl_certificate_key f-pem-own.key;
                    ssl_client_certificate f-pem-clients.crt;
                    ssl_verify_client on;
                    ssl_trusted_certificate f-pem-trusted.crt;
                    ssl_session_ticket_key f-ticket.key;
                    ssl_password_file f-passwords;
                    include f-server.conf;
                    return 200 "tls";
                }
            }
            """;
    private static final Pattern REFERENCE = Pattern.compile("f-[-./a-z]+");

    private static Frontdesk start() {
        return Frontdesk.file("f-main.conf", "").file("f-mime.types", "types { text/plain txt; }")
                .file("f-logs/x", "").file("f-map.conf", "a b;").file("f-geo.conf", "127.0.0.1/32 2;")
                .file("f-server.conf", "").file("f-pem-ca.crt", ROOT.pem()).file("f-pem-other-ca.crt", ROOT.pem())
                .file("f-pem-client.crt", OWN.pem()).file("f-pem-client.key", OWN.keyPem()).file("f-password", "x\n")
                .file("f-pem-own.crt", OWN.pem()).file("f-pem-own.key", OWN.keyPem()).file("f-passwords", "x\n")
                .file("f-pem-clients.crt", ROOT.pem()).file("f-pem-trusted.crt", ROOT.pem())
                .file("f-ticket.key", "0123456789abcdef".repeat(3)).start(CONFIG);
    }

    private static List<String> references() {
        return REFERENCE.matcher(CONFIG).results().map(found -> found.group()).toList();
    }

    private static void keepsTheOldOne(Frontdesk server, String config, String name) {
        int before = server.errorLog().length();
        assertThat(server.reload(config)).as(name).isFalse();
        assertThat(server.errorLog().substring(before)).contains("[emerg]").contains(name);
        assertThat(server.get("/").body()).isEqualTo("old");
    }

    @TestFactory
    Stream<DynamicTest> keepsTheOldConfigurationWithoutAFileThatTheNewOneNames() {
        return references().stream().map(name -> DynamicTest.dynamicTest(name, () -> {
            String missing = name.contains("/") ? "f-none/" + name : "f-none-" + name.substring(2);
            String config = CONFIG.replaceFirst(Pattern.quote(name) + ";", Matcher.quoteReplacement(missing) + ";")
                    .replace("\"old\"", "\"new\"");
            try (Frontdesk server = start().expects("[emerg]")) {
                keepsTheOldOne(server, config, missing);
            }
            assertThat(Frontdesk.refusal(config.replaceAll("f-(?!none)[-./a-z]+", "/dev/null"))).contains("[emerg]");
        }));
    }

    @TestFactory
    Stream<DynamicTest> keepsTheOldConfigurationWhenAFileIsGoneOrNonsense() {
        return references().stream().filter(name -> !name.contains("/")).map(name -> DynamicTest.dynamicTest(name,
                () -> {
                    try (Frontdesk server = start().expects("[emerg]")) {
                        if (name.contains("pem") || name.endsWith(".conf") || name.contains("ticket")) {
                            server.write(name, "nonsense");
                            keepsTheOldOne(server, CONFIG.replace("\"old\"", "\"new\""), name);
                        }
                        Files.delete(server.prefix().resolve(name));
                        keepsTheOldOne(server, CONFIG.replace("\"old\"", "\"new\""), name);
                    }
                }));
    }

    @Test
    void goesOverToTheNewOneWhenAllIsThere() throws IOException {
        try (Frontdesk server = start()) {
            assertThat(server.reload(CONFIG.replace("\"old\"", "\"new\""))).isTrue();
            assertThat(server.get("/").body()).isEqualTo("new");
        }
    }

    @Test
    void refusesWhoeverAsksForAPasswordThatIsInNoFile() throws IOException {
        // nginx opens these files as requests come; one that is not there must let nobody in
        try (Frontdesk server = Frontdesk.file("users", "ann:{PLAIN}x\n").start("""
                http {
                    server {
                        listen 127.0.0.1:{{port}};
                        root {{prefix}};
                        auth_basic "x";
                        auth_basic_user_file users;
                        location / { index users; }
                    }
                }
                """)) {
            String ann = "Authorization: Basic YW5uOng=";
            assertThat(server.get("/", ann).status()).isEqualTo(200);
            Files.delete(server.prefix().resolve("users"));
            server.expects("users");
            assertThat(server.get("/", ann).status()).isIn(403, 500);
            assertThat(server.get("/").status()).isIn(401, 403, 500);
        }
    }
}
