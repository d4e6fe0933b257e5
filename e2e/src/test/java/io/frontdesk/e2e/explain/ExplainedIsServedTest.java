package io.frontdesk.e2e.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.app.command.CheckedConfiguration;
import io.frontdesk.app.command.Console;
import io.frontdesk.app.command.Exit;
import io.frontdesk.app.command.Json;
import io.frontdesk.app.command.UsageException;
import io.frontdesk.app.explain.ExplainCommand;
import io.frontdesk.app.explain.Stage;
import io.frontdesk.config.ConfigException;
import io.frontdesk.engine.plan.Paths;
import io.frontdesk.net.ControlPlane;
import io.frontdesk.testkit.DnsServer;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.RawClient;
import io.frontdesk.testkit.TestCertificate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;

/**
 * Random configurations are asked random requests, once by {@code explain} and once by a client: server, location, the origins' requests
 * byte for byte, status and fields must be the same. {@code -Dfrontdesk.explain.pairs=10000} makes it long, and
 * {@code -Dfrontdesk.explain.seed=N} begins elsewhere.
 */
@ControlPlane("the thread of a test")
final class ExplainedIsServedTest {
    private static final int PAIRS = Integer.getInteger("frontdesk.explain.pairs", 200);
    private static final long SEED = Long.getLong("frontdesk.explain.seed", 1);
    private static final TestCertificate CERTIFICATE = TestCertificate.selfSigned("one.test");
    private static final int PAIRS_OF_A_CONFIG = 40;
    private static final Duration LATE = Duration.ofSeconds(5);
    /** They are about the connection, or the moment. */
    private static final Set<String> UNTOLD = Set.of("date", "connection", "keep-alive", "transfer-encoding");

    private final List<String> differences = new ArrayList<>();
    private int compared;

    @Test
    void explainsWhatIsServed() throws ConfigException {
        try (Stage stage = new Stage()) {
            for (long seed = SEED; compared < PAIRS; seed++) {
                round(seed, stage);
            }
        }
        assertThat(differences).as(differences.size() + " of " + compared + " differ").isEmpty();
    }

    /** What explain says of a request, kept until the access log is whole. */
    private record Told(RandomRequest request, JsonValue explained) {}

    private void round(long seed, Stage stage) throws ConfigException {
        String config = RandomConfig.of(seed);
        Random random = new Random(seed);
        List<Told> told = new ArrayList<>();
        Map<String, String> logged = new HashMap<>();
        Path log = null;
        List<String> lines = List.of();
        try (Origin origin = Origin.answering("from origin");
                Origin other = Origin.answering("from the other");
                DnsServer dns = DnsServer.answering("127.0.0.1")) {
            Frontdesk server = Frontdesk.with("origin", origin.authority()).with("origin2", other.authority())
                    .with("dns", dns).with("oport", origin.port())
                    .file("c.pem", CERTIFICATE.pem()).file("k.pem", CERTIFICATE.keyPem())
                    .file("users", "joe:{PLAIN}secret\n")
                    .file("www/a.html", "page a").file("www/dir/index.html", "index").file("www/dir/a.html", "a")
                    .file("www/e404.html", "missing").file("www/x/y", "y").start(config);
            try (server) {
                log = server.prefix().resolve("logs/access.log");
                lines = server.read("nginx.conf").lines().toList();
                age(server.prefix().resolve("www"));
                ExplainCommand explain = new ExplainCommand(stage, CheckedConfiguration
                        .load(new Paths(server.prefix() + "/", server.prefix() + "/nginx.conf")));
                // names are looked up once the server runs
                await().until(() -> isWarm(server));
                for (int i = 0; i < PAIRS_OF_A_CONFIG && compared < PAIRS; i++) {
                    RandomRequest request = RandomRequest.of(random, i);
                    JsonValue explained = explain(explain, server, request);
                    List<String> would = wouldAsk(explained);
                    int before = origin.requests().size();
                    int otherBefore = other.requests().size();
                    String answer = ask(server, request);
                    List<String> asked = asked(would.size(), origin, before, other, otherBefore);
                    compare(seed, request, explained, answer);
                    differs(seed, request, "the origins' requests", String.join("", would), String.join("", asked),
                            would.equals(asked));
                    told.add(new Told(request, explained));
                    compared++;
                }
                // the log thread writes what a reopen asks for first
                server.server().reopen();
                for (String line : server.read("logs/access.log").lines().toList()) {
                    String[] words = line.split(" ", 3);
                    logged.put(words[0], words[1] + " " + words[2]);
                }
            }
        }
        for (Told one : told) {
            places(seed, one, lines, logged);
        }
        assertThat(log).isNotNull();
    }

    /** Files of one age, so that what depends on it is the same whenever it is asked. */
    private static void age(Path folder) {
        try (var files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isWarm(Frontdesk server) {
        try (RawClient client = RawClient.connect(server.port("b"))) {
            client.send("GET /warm HTTP/1.1\r\nHost: zz\r\nConnection: close\r\n\r\n");
            return client.readAnswer().status() == 200;
        }
    }

    private static int port(Frontdesk server, RandomRequest request) {
        return switch (request.port()) {
            case A -> server.port();
            case B -> server.port("b");
            case TLS -> server.port("tls");
        };
    }

    private static JsonValue explain(ExplainCommand explain, Frontdesk server, RandomRequest request) {
        List<String> words = new ArrayList<>(List.of("-p", server.prefix().toString(), "-c", "nginx.conf", "--json",
                request.method(), (request.plain() ? "http" : "https") + "://127.0.0.1:" + port(server, request)
                        + request.target()));
        if (!request.plain()) {
            words.add("--sni");
            words.add(request.sni());
        }
        for (String field : request.fields()) {
            words.add("-H");
            words.add(field);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try {
            int status = explain.run(words,
                    new Console(new PrintStream(out), new PrintStream(err), false));
            if (status == Exit.FOUND) {
                return JsonValue.parse("null");
            }
            assertThat(status).as(err.toString(StandardCharsets.UTF_8)).isZero();
        } catch (UsageException e) {
            throw new AssertionError(e.reason() + ": " + words, e);
        }
        return JsonValue.parse(out.toString(StandardCharsets.UTF_8));
    }

    /** The head of the answer; a client of its own, as one that resumes a session asks for that one's name. Empty when nothing listens, or nothing comes. */
    private static String ask(Frontdesk server, RandomRequest request) {
        try (RawClient client = request.plain()
                ? RawClient.connect(port(server, request))
                : RawClient.connectTls(port(server, request), TestCertificate.client(null),
                        request.sni().isEmpty() ? null : request.sni())) {
            client.send(request.wire());
            return unicode(client.readAnswer(request.method().equals("HEAD")).head());
        } catch (UncheckedIOException e) {
            return "";
        } catch (AssertionError e) {
            if (String.valueOf(e.getMessage()).startsWith("ended before")) {
                return "";
            }
            throw e;
        }
    }

    /** The requests that origins got since there were so many, in the order of their text: those inside a request run beside it. */
    private static List<String> asked(int expected, Origin one, int beforeOne, Origin two, int beforeTwo) {
        // copies for a mirror may come behind the answer
        try {
            await().atMost(LATE)
                    .until(() -> one.requests().size() - beforeOne + two.requests().size() - beforeTwo >= expected);
        } catch (ConditionTimeoutException e) {
            // told as a difference
        }
        List<String> heads = new ArrayList<>();
        one.requests().stream().skip(beforeOne).forEach(request -> heads.add(unicode(request.head())));
        two.requests().stream().skip(beforeTwo).forEach(request -> heads.add(unicode(request.head())));
        Collections.sort(heads);
        return heads;
    }

    /** The same as explain tells it. */
    private static List<String> wouldAsk(JsonValue explained) {
        List<String> heads = new ArrayList<>();
        if (!explained.isNull()) {
            addHead(explained, heads);
            explained.get("subrequests").elements().forEach(one -> addHead(one, heads));
        }
        Collections.sort(heads);
        return heads;
    }

    private static void addHead(JsonValue explained, List<String> heads) {
        if (!explained.get("upstream").isNull()) {
            heads.add(head(explained.get("upstream").get("request")));
        }
    }

    private void compare(long seed, RandomRequest request, JsonValue explained, String answer) {
        if (explained.isNull()) {
            differs(seed, request, "connected", "no such socket", answer, answer.isEmpty());
            return;
        }
        boolean waits = explained.get("steps").elements().stream().anyMatch(s -> s.get("kind").text().equals("waits"));
        differs(seed, request, "end", "waits", "ended", !waits);
        JsonValue response = explained.get("response");
        String status = response.get("status").isNull() ? "200" : response.get("status").text();
        String served = answer.isEmpty() ? "444" : answer.substring(9, 12);
        differs(seed, request, "status", status, served, status.equals(served));
        boolean relayed = explained.get("handler").get("kind").text().equals("proxy");
        String fields = fields(response.get("headers"), relayed);
        String servedFields = fields(answer, relayed);
        differs(seed, request, "fields", fields, servedFields, fields.equals(servedFields));
    }

    private static String head(JsonValue request) {
        StringBuilder head = new StringBuilder(request.get("line").text()).append("\r\n");
        for (JsonValue field : request.get("headers").elements()) {
            head.append(field.get("name").text()).append(": ").append(field.get("value").text()).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    private static String fields(JsonValue headers, boolean relayed) {
        StringBuilder text = new StringBuilder();
        for (JsonValue field : headers.elements()) {
            add(text, field.get("name").text(), field.get("value").text(), relayed);
        }
        return text.toString();
    }

    private static String fields(String answer, boolean relayed) {
        StringBuilder text = new StringBuilder();
        String[] lines = answer.isEmpty()
                ? new String[0]
                : answer.substring(0, answer.indexOf("\r\n\r\n")).split("\r\n");
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            add(text, lines[i].substring(0, colon), lines[i].substring(colon + 2), relayed);
        }
        return text.toString();
    }

    private static void add(StringBuilder text, String name, String value, boolean relayed) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (UNTOLD.contains(lower) || relayed && lower.equals("content-length")) {
            return;
        }
        // counted from now
        text.append(name).append(": ").append(lower.equals("expires") ? "…" : value).append('\n');
    }

    /** A head as JSON shows it: each line as UTF-8 where it is that. */
    private static String unicode(String head) {
        List<String> lines = new ArrayList<>();
        for (String line : head.split("\r\n", -1)) {
            lines.add(Json.unicode(line));
        }
        return String.join("\r\n", lines);
    }

    /** The log format stands on the line behind that of the location, or of the server. */
    private void places(long seed, Told told, List<String> config, Map<String, String> logged) {
        String line = logged.get(told.request().fields().get(1).substring(7));
        if (told.explained().isNull() || line == null) {
            return;
        }
        JsonValue location = told.explained().get("location");
        JsonValue place = location.isNull() ? told.explained().get("server") : location;
        String at = place.get("at").text();
        int number = Integer.parseInt(at.substring(at.lastIndexOf(':') + 1));
        String tag = config.get(number).strip();
        String explained = tag.substring(tag.lastIndexOf(' ') + 1, tag.length() - 1) + " "
                + told.explained().get("server").get("name").text();
        differs(seed, told.request(), "place", explained, line, explained.equals(line));
    }

    private void differs(long seed, RandomRequest request, String what, String explained, String served, boolean same) {
        if (!same && differences.size() < 20) {
            differences.add("seed " + seed + ", " + request + ": " + what + "\n--- explained\n" + explained
                    + "\n--- served\n" + served);
        }
    }
}
