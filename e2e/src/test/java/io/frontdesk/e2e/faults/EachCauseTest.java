package io.frontdesk.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.testkit.BlackHole;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.OriginConnection;
import io.frontdesk.testkit.OriginRequest;
import io.frontdesk.testkit.RawClient;
import io.frontdesk.testkit.TestCertificate;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each cause of the closed list is brought about, and named in the access log or in the error log; the compiler misses one that is not. */
class EachCauseTest {
    private static final String CONFIG = """
            error_log logs/error.log info;
            error_log logs/error.json info format=json;
            http {
                log_format cause "cause:$proxy_error";
                access_log logs/access.log cause;
                limit_req_zone $arg_key zone=few:1m rate=1r/m;
                root {{prefix}}/www;
                large_client_header_buffers 2 1k;
                client_max_body_size 64m;
                proxy_read_timeout 200ms;
                proxy_send_timeout 200ms;
                client_body_temp_path {{prefix}}/bodies;
                upstream none { server 127.0.0.1:{{port.dead}} down; server 127.0.0.1:1 down; }
                upstream second { server 127.0.0.1:{{port.dead}} max_fails=1; server {{origin}}; }
                server {
                    listen 127.0.0.1:{{port.tls}} ssl;
                    ssl_certificate {{prefix}}/c.pem;
                    ssl_certificate_key {{prefix}}/k.pem;
                    return 200;
                }
                server {
                    listen 127.0.0.1:{{port}};
                    location /files/ { }
                    location /origin/ { proxy_pass http://{{origin}}; }
                    location /script { proxy_pass http://{{script}}; }
                    location /stream { proxy_request_buffering off; proxy_pass http://{{script}}; }
                    location /patient { proxy_read_timeout 1m; proxy_pass http://{{script}}; }
                    location /none { proxy_pass http://none; }
                    location /second { proxy_pass http://second; }
                    location /dead { proxy_pass http://127.0.0.1:{{port.dead}}; }
                    location /nowhere { proxy_pass http://224.0.0.1:81; }
                    location /unix { proxy_pass http://unix:{{prefix}}/none.sock; }
                    location /hole { proxy_connect_timeout 200ms; proxy_pass http://{{hole}}; }
                    location /tls { proxy_pass https://{{script}}; }
                    location /verify {
                        proxy_ssl_verify on;
                        proxy_ssl_trusted_certificate {{prefix}}/other.pem;
                        proxy_pass https://127.0.0.1:{{port.tls}};
                    }
                    location /own {
                        proxy_ssl_certificate {{prefix}}/$arg_c.pem;
                        proxy_ssl_certificate_key {{prefix}}/$arg_c.pem;
                        proxy_pass https://127.0.0.1:{{port.tls}};
                    }
                    location /bind { proxy_bind 192.0.2.1; proxy_pass http://{{origin}}; }
                    location /name { proxy_pass http://$arg_name; }
                    location /url { proxy_pass $arg_url; }
                    location /body { client_body_timeout 200ms; proxy_pass http://{{origin}}; }
                    location /small { client_max_body_size 10; proxy_pass http://{{origin}}; }
                    location /disk { client_body_buffer_size 1k; proxy_pass http://{{origin}}; }
                    location /deny { deny all; }
                    location /who { auth_basic who; auth_basic_user_file {{prefix}}/users; }
                    location /limited { limit_req zone=few; root {{prefix}}/www/files; try_files /a =404; }
                    location /gone { return 410; }
                    location /circle { rewrite ^ /circle last; }
                    location /lost { try_files /none @none; }
                    location /empty { rewrite ^ $arg_none last; }
                    location /value { add_header X-V $uri; return 200; }
                    location /unset { return 200 "$never"; }
                    if ($arg_never) { set $never 1; }
                    location /ask { auth_request /gone; }
                    location /page { ssi on; ssi_types *; }
                    location ~ ^/regex/(a+)+$ { return 200; }
                    location /broken { broken on; }
                }
            }
            """;

    /** What a cause is brought about with. */
    private record World(Frontdesk server, Origin script) {
        void get(String target, String... fields) {
            server.get(target, fields);
        }

        /** Sends what is no request, or one of which no answer need come. */
        void send(String text) {
            try (RawClient client = server.connect()) {
                client.send(text).shutdownOutput();
                client.awaitEnd();
            }
        }

        /** A request whose answer the origin writes; what comes of it is of no interest. */
        void play(String target, Script script) {
            try (RawClient client = server.connect()) {
                client.send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
                try (OriginConnection origin = this.script.accept()) {
                    script.run(origin);
                    client.awaitEnd();
                }
            }
        }
    }

    private interface Script {
        void run(OriginConnection origin);
    }

    private interface Trouble {
        void make(World world) throws IOException;
    }

    @ParameterizedTest
    @EnumSource(FaultKind.class)
    void isNamed(FaultKind kind) throws IOException {
        Trouble trouble = trouble(kind);
        if (trouble == null) {
            return;
        }
        TestCertificate mine = TestCertificate.selfSigned("localhost");
        try (Origin origin = Origin.answering(EachCauseTest::answer);
                Origin script = Origin.scripted();
                BlackHole hole = BlackHole.open();
                Frontdesk server = Frontdesk.with("origin", origin).with("script", script).with("hole", hole)
                        .module(new BrokenModule())
                        .file("c.pem", mine.pem()).file("k.pem", mine.keyPem())
                        .file("other.pem", TestCertificate.selfSigned("other").pem()).file("users", "joe:{PLAIN}x\n")
                        .file("www/files/a", "file").file("www/page", "<!--# nonsense -->").start(CONFIG)) {
            // lines of level crit and alert are what some causes are told by
            server.expects("failed (").expects("injected");
            trouble.make(new World(server, script));
            await().untilAsserted(() -> assertThat(server.read("logs/access.log") + server.read("logs/error.json"))
                    .containsPattern("(?m)(^cause:" + kind.cause() + "$|\"cause\":\"" + kind.cause() + "\")"));
        }
    }

    /** Null for what can't be brought about from outside. */
    private static Trouble trouble(FaultKind kind) {
        return switch (kind) {
            case NO_LIVE_UPSTREAMS -> w -> w.get("/none");
            case CONNECT_REFUSED -> w -> w.get("/dead");
            case CONNECT_UNREACHABLE -> w -> w.get("/nowhere");
            case CONNECT_FAILED -> w -> w.get("/unix");
            case CONNECT_TIMEOUT -> w -> w.get("/hole");
            case TLS_HANDSHAKE -> w -> w.play("/tls", o -> o.send("HTTP/1.1 400 No TLS\r\n\r\n").close());
            case TLS_CERTIFICATE -> w -> w.get("/verify");
            case TLS_OWN_CERTIFICATE -> w -> w.get("/own?c=none");
            case NO_SOCKET -> w -> w.get("/bind");
            case SEND_FAILED -> EachCauseTest::resetWhileSending;
            case SEND_TIMEOUT -> EachCauseTest::readNothing;
            case READ_TIMEOUT -> w -> w.play("/script", OriginConnection::readRequest);
            case RESET_BEFORE_HEAD -> w -> w.play("/patient", o -> {
                o.readRequest();
                o.reset();
            });
            case CLOSED_BEFORE_HEAD -> w -> w.play("/patient", o -> {
                o.readRequest();
                o.close();
            });
            case INVALID_HEAD -> w -> w.get("/origin/invalid");
            case HEAD_TOO_BIG -> w -> w.get("/origin/big");
            case UNEXPECTED_UPGRADE -> w -> w.get("/origin/upgrade");
            case BODY_TIMEOUT -> w -> w.play("/script", EachCauseTest::sendHalf);
            case BODY_RESET -> EachCauseTest::resetInBody;
            case BODY_TRUNCATED -> w -> w.play("/patient", o -> {
                sendHalf(o);
                o.close();
            });
            case BODY_INVALID -> w -> w.play("/patient", o -> {
                o.readRequest();
                o.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n");
            });
            case DNS_FAILURE -> w -> w.get("/name?name=nobody.example");
            case BODY_EXCESS -> w -> w.play("/patient", o -> {
                o.readRequest();
                o.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nabc");
            });
            case FIELD_IGNORED -> w -> w.get("/origin/twice");
            case SERVER_DISABLED -> w -> w.get("/second");
            case UPSTREAM_STATUS -> w -> w.get("/origin/503");
            case NO_REQUEST -> w -> w.get("/url?url=nonsense");
            case CLIENT_CLOSED -> EachCauseTest::leave;
            case CLIENT_TIMEOUT -> w -> {
                try (RawClient client = w.server().connect()) {
                    client.send("POST /body HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n").awaitEnd();
                }
            };
            case TLS_CLIENT -> w -> {
                try (RawClient client = w.server().connect("tls")) {
                    client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").awaitEnd();
                }
            };
            case BAD_REQUEST -> w -> w.send("nonsense\r\n\r\n");
            case REQUEST_HEAD_TOO_BIG -> w -> w.send(
                    "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(2000) + "\r\n\r\n");
            case URI_TOO_LONG -> w -> w.send("GET /" + "x".repeat(2000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            case BODY_TOO_LARGE -> w -> w.send("POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n");
            case METHOD_NOT_ALLOWED -> w -> w.server().request("POST", "/files/a");
            case NOT_FOUND -> w -> w.get("/files/none");
            case RANGE_NOT_SATISFIABLE -> w -> w.get("/files/a", "Range: bytes=100-");
            case NOT_IMPLEMENTED -> w -> w.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: own\r\n\r\n");
            case UNSAFE_URI -> w -> w.get("/origin/unsafe");
            case DENIED -> w -> w.get("/deny");
            case UNAUTHORIZED -> w -> w.get("/who");
            case LIMITED -> w -> {
                w.get("/limited?key=a");
                w.get("/limited?key=a");
            };
            case CONFIGURED -> w -> w.get("/gone");
            case FORBIDDEN -> w -> w.get("/files/");
            case FILE_FAILED -> w -> {
                Path socket = w.server().prefix().resolve("www/files/socket");
                ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket)).close();
                w.get("/files/socket");
            };
            case DISK_FAILED -> w -> {
                Path folder = w.server().prefix().resolve("bodies");
                Files.deleteIfExists(folder);
                Files.writeString(folder, "in the way");
                sendMuch(w);
            };
            case REDIRECT_CYCLE -> w -> w.get("/circle");
            case NO_NAMED_LOCATION -> w -> w.get("/lost");
            case NO_URI -> w -> w.get("/empty");
            case INVALID_VALUE -> w -> w.get("/value/a%0D%0Ab");
            case UNSET_VARIABLE -> w -> w.get("/unset");
            case SUBREQUEST_FAILED -> w -> w.get("/ask");
            case SSI_COMMAND -> w -> w.get("/page");
            case BUFFERED_ON_DISK -> EachCauseTest::sendMuch;
            case OVERLOADED -> w -> {
                w.server().server().engine().workers().forEach(worker -> worker.memoryTight(true));
                w.get("/files/a");
            };
            case REGEX_LIMIT -> w -> w.get("/regex/" + "a".repeat(40) + "b");
            case BUG -> w -> w.get("/broken");
            // no buffer is to be had: what is left for failures of the machine that no request can bring about
            case INTERNAL -> null;
        };
    }

    private static String answer(OriginRequest request) {
        return switch (request.target()) {
            case "/origin/invalid" -> "HTTP/1.1 nonsense\r\n\r\n";
            case "/origin/big" -> "HTTP/1.1 200 OK\r\nX: " + "x".repeat(9000) + "\r\n\r\n";
            case "/origin/upgrade" -> "HTTP/1.1 101 Switching Protocols\r\n\r\n";
            case "/origin/twice" ->
                "HTTP/1.1 200 OK\r\nContent-Type: text/a\r\nContent-Type: text/b\r\nContent-Length: 0\r\n\r\n";
            case "/origin/503" -> "HTTP/1.1 503 Later\r\nContent-Length: 0\r\n\r\n";
            case "/origin/unsafe" -> "HTTP/1.1 200 OK\r\nX-Accel-Redirect: /../x\r\nContent-Length: 0\r\n\r\n";
            default -> "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
        };
    }

    private static void sendHalf(OriginConnection origin) {
        origin.readRequest();
        origin.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n01234");
    }

    private static void resetInBody(World world) {
        try (RawClient client = world.server().connect()) {
            client.send("GET /patient HTTP/1.1\r\nHost: localhost\r\n\r\n");
            try (OriginConnection origin = world.script().accept()) {
                sendHalf(origin);
                client.awaitText("01234");
                origin.reset();
            }
            client.awaitEnd();
        }
    }

    private static void resetWhileSending(World world) {
        try (RawClient client = world.server().connect()) {
            client.send("POST /stream HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n");
            try (OriginConnection origin = world.script().accept()) {
                origin.readHead();
                origin.reset();
            }
            client.awaitText("HTTP/1.1 502");
        }
    }

    private static void readNothing(World world) {
        int length = 32 << 20;
        try (RawClient client = world.server().connect()) {
            client.send("POST /stream HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length + "\r\n\r\n");
            try (OriginConnection origin = world.script().accept()) {
                assertThat(origin).isNotNull();
                client.sendTooMuch(new byte[length]);
            }
        }
    }

    private static void leave(World world) {
        try (RawClient client = world.server().connect()) {
            client.send("GET /patient HTTP/1.1\r\nHost: localhost\r\n\r\n");
            world.script().accept().readRequest();
        }
    }

    private static void sendMuch(World world) {
        try (RawClient client = world.server().connect()) {
            client.send("POST /disk HTTP/1.1\r\nHost: localhost\r\nContent-Length: 20000\r\nConnection: close\r\n\r\n"
                    + "x".repeat(20_000)).awaitEnd();
        }
    }
}
