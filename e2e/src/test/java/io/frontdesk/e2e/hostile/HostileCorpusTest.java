package io.frontdesk.e2e.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.hostile.Corpus;
import io.frontdesk.testkit.hostile.HostileCase;
import io.frontdesk.testkit.hostile.Lane;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * All of the corpus of hostile HTTP/1 messages, through one server. Where the RFCs allow two answers, only the one that we prefer is
 * right.
 */
class HostileCorpusTest {
    /** Cases in a lane follow each other, and meet what the one before has left behind; lanes do not meet. */
    private static final int LANES = 8;

    private static final String LANE = """
            upstream lane@ { server 127.0.0.1:{{lane@}} max_fails=0; keepalive 16; }
            server {
                listen 127.0.0.1:{{port.lane@}};
                server_name target;
                set $connection_of_upgrade "";
                if ($http_upgrade) { set $connection_of_upgrade upgrade; }
                proxy_http_version 1.1;
                proxy_set_header Connection "";
                proxy_set_header Host $host;
                proxy_set_header X-Real-IP $remote_addr;
                location / { proxy_pass http://lane@; }
                location /private/ { return 403; }
                location /redir/ { return 302 http://target$uri; }
                location /hdr/ {
                    proxy_pass http://lane@;
                    proxy_set_header Connection "";
                    proxy_set_header Host $host;
                    proxy_set_header X-Real-IP $remote_addr;
                    proxy_set_header X-Uri $uri;
                }
                location /arg/ {
                    proxy_pass http://lane@;
                    proxy_set_header Connection "";
                    proxy_set_header Host $host;
                    proxy_set_header X-Real-IP $remote_addr;
                    proxy_set_header X-Arg $arg_v;
                }
                location /rew/ { rewrite ^/rew/(.*)$ /t/$1 break; proxy_pass http://lane@; }
                location /ws/ {
                    proxy_pass http://lane@;
                    proxy_set_header Host $host;
                    proxy_set_header X-Real-IP $remote_addr;
                    proxy_set_header Upgrade $http_upgrade;
                    proxy_set_header Connection $connection_of_upgrade;
                }
            }
            """;

    /** Row: log injection. */
    private static final String LOGS = """
            log_format text '$remote_addr [$time_local] "$request" $status "$uri" "$args" "$request_uri" "$http_referer" "$http_user_agent"'
                            ' "$host" "$http_x_a" "$upstream_addr" "$sent_http_location"';
            log_format json escape=json '{"request":"$request","status":$status,"uri":"$uri","agent":"$http_user_agent",'
                                        '"host":"$host","location":"$sent_http_location"}';
            access_log logs/access.log text;
            access_log logs/access.json json;
            error_log logs/error.log info;
            error_log logs/error.json info format=json;
            """;
    /** Between quotes: printable ASCII without quote and backslash, which stand for themselves only as {@code \\xHH}. */
    private static final String QUOTED = "\"(?:[ !#-\\[\\]-~]++|\\\\x[0-9A-F]{2})*+\"";
    private static final Pattern TEXT_LINE = Pattern.compile("127\\.0\\.0\\.1 \\[[^\\]]+] " + QUOTED + " \\d{3}(?: "
            + QUOTED + "){9}");
    private static final String JSON_STRING = "\"(?:[ !#-\\[\\]-~\\x7f-\\xff]++|\\\\[\"\\\\bfnrt]|\\\\u[0-9A-Fa-f]{4})*+\"";
    private static final Pattern JSON_LINE = Pattern
            .compile("\\{" + JSON_STRING + ":(?:" + JSON_STRING + "|[0-9.]+)(?:, ?"
                    + JSON_STRING + ": ?(?:" + JSON_STRING + "|[0-9.]+))*}");
    private static final Pattern ERROR_LINE = Pattern
            .compile("\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d \\[[a-z]+] \\d+#\\d+: [ -~]+?"
                    + "(?:, client: 127\\.0\\.0\\.1, server: \\S*(?:, [a-z]+: \"[ !#-~]*+\"){0,5})?");
    private static final Map<String, List<String>> LINES = new LinkedHashMap<>();
    private static final Map<String, List<String>> DEVIATIONS = new LinkedHashMap<>();

    @BeforeAll
    static void playsAllCases() throws Exception {
        List<Lane> lanes = new ArrayList<>();
        Frontdesk.Builder builder = Frontdesk.with("name", "hostile");
        StringBuilder config = new StringBuilder("worker_processes 1;\nhttp {\nclient_max_body_size 10m;\n" + LOGS
                + "proxy_temp_path {{prefix}}/proxy; client_body_temp_path {{prefix}}/body;\n");
        for (int i = 0; i < LANES; i++) {
            Lane lane = new Lane(i);
            lanes.add(lane);
            builder = builder.with("lane" + i, lane.backendPort());
            config.append(LANE.replace("@", Integer.toString(i)));
        }
        try (Frontdesk server = builder.start(config.append("}\n").toString())) {
            play(lanes, server);
            server.server().quit();
            await().until(() -> !server.server().isAlive());
            for (String log : List.of("access.log", "access.json", "error.log", "error.json")) {
                LINES.put(log, server.read("logs/" + log).lines().toList());
            }
        }
        for (Lane lane : lanes) {
            DEVIATIONS.putAll(lane.judge());
            lane.close();
        }
    }

    private static void play(List<Lane> lanes, Frontdesk server) throws Exception {
        ConcurrentLinkedQueue<HostileCase> cases = new ConcurrentLinkedQueue<>(Corpus.read());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> ends = new ArrayList<>();
            for (int i = 0; i < LANES; i++) {
                Lane lane = lanes.get(i);
                int port = server.port("lane" + i);
                ends.add(threads.submit(() -> {
                    for (HostileCase next = cases.poll(); next != null; next = cases.poll()) {
                        lane.play(next, port);
                    }
                    return null;
                }));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        }
    }

    @Test
    void noMessageForgesALineOfALog() {
        assertThat(LINES.get("access.log")).hasSizeGreaterThan(Corpus.read().size() / 2)
                .allMatch(line -> TEXT_LINE.matcher(line).matches());
        assertThat(LINES.get("access.json")).hasSameSizeAs(LINES.get("access.log"))
                .allMatch(line -> JSON_LINE.matcher(line).matches());
        assertThat(LINES.get("error.log")).isNotEmpty().allMatch(line -> ERROR_LINE.matcher(line).matches());
        assertThat(LINES.get("error.json")).isNotEmpty().allMatch(line -> JSON_LINE.matcher(line).matches());
    }

    @TestFactory
    Stream<DynamicTest> doesWhatTheCorpusPrefers() {
        return Corpus.read().stream().map(hostile -> DynamicTest.dynamicTest(hostile.id() + ": " + hostile.reason(),
                () -> assertThat(DEVIATIONS.get(hostile.id())).as("%s", hostile).isEmpty()));
    }
}
