package io.frontdesk.modules.proxy;

import io.frontdesk.codec.http.HttpVersion;
import io.frontdesk.config.LintLevel;
import io.frontdesk.config.LintRule;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.engine.lint.HttpRules;
import io.frontdesk.engine.lint.Linting;
import io.frontdesk.engine.lint.VariableValues;
import io.frontdesk.engine.plan.LocationPattern;
import io.frontdesk.engine.upstream.HeaderLine;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What lint finds about responses that last: streams and WebSockets, and about the times that are waited for. */
final class ProxyStreamRules extends HttpRules {
    private static final long USUAL_MILLIS = 60_000;
    /** Parts of a path that name a stream of events. */
    private static final Set<String> STREAMS = Set.of("events", "event-stream", "eventsource", "sse", "stream",
            "server-sent-events", "subscribe");

    final LintRule buffered = rule("proxy-stream-buffered", LintLevel.WARNING)
            .doc("""
                    A location whose path says that it serves a stream (`/events`, `/sse`, `/stream` …) while `proxy_buffering` is on: events \
                    wait in a buffer until it is full or the response ends.""");
    final LintRule shortTimeout = rule("proxy-stream-timeout", LintLevel.WARNING)
            .doc("""
                    A location that serves a stream or WebSockets while `proxy_read_timeout` is 60s or less: a connection on which the origin is \
                    silent for so long is cut. Say a long one there, and let the origin send a sign of life now and then.""");
    final LintRule half = rule("websocket-headers-half", LintLevel.ERROR)
            .doc("""
                    `Upgrade` is passed on without `Connection: upgrade`, or the other way round, or with `proxy_http_version 1.0`: no WebSocket is \
                    ever opened.""");
    final LintRule mixed = rule("websocket-headers-mixed", LintLevel.WARNING)
            .doc("""
                    `Connection: upgrade` is set for all requests of a location that also serves ordinary ones: their connections to the origin \
                    are not kept, and some origins refuse them. A `map` of `$http_upgrade` says `upgrade` only where it is asked for.""");
    final LintRule times = rule("proxy-timeouts-default", LintLevel.WARNING)
            .doc("""
                    A `proxy_pass` without `proxy_connect_timeout` or `proxy_read_timeout`: both are 60 seconds then. A dead origin is noticed after \
                    a minute, and a slow answer that takes longer ends with 504. Say what the application needs. Reported once a server.""");

    private final ProxyDirectives directives;

    ProxyStreamRules(ProxyDirectives directives) {
        super("proxy");
        this.directives = directives;
    }

    private enum Upgrade {
        NONE, HALF, WHOLE
    }

    @Override
    public void check(Linting lint) {
        Map<Scope, Pass> withoutTimes = new IdentityHashMap<>();
        Map<Scope, Integer> more = new IdentityHashMap<>();
        Set<Setting<?>> reported = new HashSet<>();
        for (Pass pass : Pass.all(directives, lint)) {
            Upgrade upgrade = upgrade(pass, reported, lint);
            boolean streams = upgrade == Upgrade.NONE && names(pass.place().pattern());
            if (streams && directives.common.buffersAll(pass.scope())) {
                buffered(pass, lint);
            }
            if ((streams || upgrade == Upgrade.WHOLE)
                    && pass.scope().get(directives.common.readTimeout()) <= USUAL_MILLIS) {
                shortTimeout(pass, streams, lint);
            } else if (missing(pass) != null && withoutTimes.putIfAbsent(pass.place().server(), pass) != null) {
                more.merge(pass.place().server(), 1, Integer::sum);
            }
        }
        withoutTimes.forEach((server, pass) -> times(pass, more.getOrDefault(server, 0), lint));
    }

    private static boolean names(LocationPattern pattern) {
        for (String part : pattern.text().toLowerCase(Locale.ROOT).split("[^a-z0-9-]+")) {
            if (STREAMS.contains(part)) {
                return true;
            }
        }
        return false;
    }

    private void buffered(Pass pass, Linting lint) {
        Setting<?> line = pass.scope().find(directives.common.buffering());
        lint.report(buffered, pass.line(),
                "this location serves a stream by its name, and proxy_buffering is on"
                        + (line == null ? "" : " (" + Linting.place(line.at()) + ")"),
                "the events of " + pass.place().pattern().text()
                        + " reach the client when a buffer is full, or the response is over",
                "proxy_buffering off; in this location");
    }

    private void shortTimeout(Pass pass, boolean streams, Linting lint) {
        Setting<Long> line = pass.scope().find(directives.common.readTimeout());
        String seconds = pass.scope().get(directives.common.readTimeout()) / 1000 + "s";
        lint.report(shortTimeout, line == null || line.scope() != pass.scope() ? pass.line() : line,
                "this location serves " + (streams ? "a stream" : "WebSockets") + ", and proxy_read_timeout is "
                        + seconds
                        + (line == null ? " by default" : ""),
                "a connection on which the origin says nothing for " + seconds + " is cut"
                        + (streams ? "" : ", and the WebSocket with it"),
                "proxy_read_timeout 1h; in this location");
    }

    private @Nullable String missing(Pass pass) {
        boolean connect = pass.scope().find(directives.common.connectTimeout()) == null;
        boolean read = pass.scope().find(directives.common.readTimeout()) == null;
        return connect && read
                ? "proxy_connect_timeout and proxy_read_timeout"
                : connect ? "proxy_connect_timeout" : read ? "proxy_read_timeout" : null;
    }

    private void times(Pass pass, int more, Linting lint) {
        String missing = missing(pass);
        if (missing == null) {
            return;
        }
        lint.report(times, pass.line(),
                "no " + missing.replace(" and ", " and no ") + ": 60 seconds"
                        + (more == 0 ? "" : " (and so in " + more + " more of this server)"),
                missing.contains("connect")
                        ? "a client waits a minute for an origin that is gone, before another is tried or 504 is answered"
                        : "an answer that takes the origin 61 seconds is a 504, and one that hangs is held for a minute",
                (missing.contains("connect") ? "proxy_connect_timeout 5s; " : "")
                        + (missing.contains("read")
                                ? "proxy_read_timeout 30s; (as long as the slowest answer that is meant)"
                                : ""));
    }

    private Upgrade upgrade(Pass pass, Set<Setting<?>> reported, Linting lint) {
        Setting<HeaderLine> upgrade = pass.header(directives, "upgrade");
        Setting<HeaderLine> connection = pass.header(directives, "connection");
        boolean hasUpgrade = upgrade != null && !upgrade.value().value().isEmpty();
        List<String> values = connection == null
                ? List.of("")
                : VariableValues.of(lint).all(connection.value().value());
        boolean maySayUpgrade = values == null || values.stream().anyMatch(v -> v.equalsIgnoreCase("upgrade"));
        if (!hasUpgrade && (values == null || !maySayUpgrade)) {
            return Upgrade.NONE;
        }
        boolean old = pass.scope().get(directives.httpVersion) == HttpVersion.HTTP_1_0;
        if (!hasUpgrade || !maySayUpgrade || old) {
            Setting<?> line = upgrade != null && hasUpgrade ? upgrade : connection;
            if (line != null && reported.add(line)) {
                half(line, hasUpgrade, maySayUpgrade, lint);
            }
            return Upgrade.HALF;
        }
        boolean always = connection != null && connection.value().value().equalsIgnoreCase("upgrade");
        String path = pass.place().pattern().text();
        if (connection != null && always && (path.equals("/") || path.equals("/api") || path.equals("/api/"))
                && reported.add(connection)) {
            lint.report(mixed, connection, "Connection: upgrade is set for ordinary requests too",
                    "GET " + (path.equals("/") ? "/index.html" : path)
                            + " goes to the origin with \"Connection: upgrade\" and "
                            + "nothing to upgrade to, on a connection that is not kept",
                    "map $http_upgrade $connection_upgrade { default upgrade; '' ''; } in http, and proxy_set_header "
                            + "Connection $connection_upgrade;");
        }
        return Upgrade.WHOLE;
    }

    private void half(Setting<?> line, boolean hasUpgrade, boolean maySayUpgrade, Linting lint) {
        String what = !hasUpgrade
                ? "Connection says upgrade, and no Upgrade goes with it"
                : !maySayUpgrade
                        ? "Upgrade is passed on without \"Connection: upgrade\""
                        : "WebSockets need HTTP/1.1, and proxy_http_version is 1.0";
        lint.report(half, line, what,
                "the origin takes the handshake for an ordinary request: the WebSocket is not opened",
                "proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection \"upgrade\";");
    }
}
