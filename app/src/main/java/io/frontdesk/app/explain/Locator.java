package io.frontdesk.app.explain;

import io.frontdesk.app.command.CheckedConfiguration;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Word;
import io.frontdesk.engine.plan.ListenPlan;
import io.frontdesk.engine.plan.LocationPlan;
import io.frontdesk.engine.plan.ServerPlan;
import io.frontdesk.engine.plan.SocketPlan;
import io.frontdesk.engine.trace.Trace;
import io.frontdesk.net.ControlPlane;
import io.frontdesk.net.listen.ListenAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the server of a name and the location of a URI, by the code that serves, with no phase run. One command. */
@ControlPlane("a command; waits for the loop")
public final class Locator {
    private final CheckedConfiguration configuration;
    private final Stage stage;

    /** In a configuration, on a stage that the caller closes. */
    public Locator(CheckedConfiguration configuration, Stage stage) {
        this.configuration = configuration;
        this.stage = stage;
    }

    /**
     * What takes a request.
     *
     * @param server   the server
     * @param location the location; null when none fits, so that the server's own lines hold
     */
    public record Found(ServerPlan server, @Nullable LocationPlan location) {}

    /** What takes a URI of a host; null when no server has that name. */
    public @Nullable Found find(String host, String uri) {
        Found byOwnName = null;
        for (SocketPlan socket : configuration.snapshot().sockets()) {
            for (ListenPlan plan : socket.plans()) {
                Trace trace = stage.play(configuration.snapshot(), end(socket, plan),
                        new Trace.Handshake(false, ""),
                        "GET " + uri + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n", true).trace();
                ServerPlan server = trace.server();
                if (server == null) {
                    continue;
                }
                Found found = new Found(server, trace.location());
                if (!trace.rule().equals("default")) {
                    return found;
                }
                // where there is but one server, names choose nothing
                if (byOwnName == null && hasName(server, host)) {
                    byOwnName = found;
                }
            }
        }
        return byOwnName;
    }

    private static ClientEnd end(SocketPlan socket, ListenPlan plan) {
        if (!(plan.address() instanceof ListenAddress.Inet inet)) {
            return new ClientEnd(socket, null, null);
        }
        InetSocketAddress to = new InetSocketAddress(
                inet.wildcard() ? ClientEnd.loopback(inet.ipv6()) : inet.address(), inet.port());
        return new ClientEnd(socket, to, new InetSocketAddress(ClientEnd.loopback(inet.ipv6()), 50_000));
    }

    private boolean hasName(ServerPlan server, String host) {
        Scope scope = configuration.link().scopeOf(server.root());
        if (scope == null) {
            return false;
        }
        for (Setting<List<Word>> line : scope.own(configuration.modules().core().serverName)) {
            for (Word name : line.value()) {
                String text = name.text();
                if (text.equalsIgnoreCase(host) || text.startsWith("*.") && endsWith(host, text.substring(1))
                        || text.startsWith(".") && (endsWith(host, text) || text.substring(1).equalsIgnoreCase(host))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean endsWith(String host, String end) {
        return host.length() > end.length()
                && host.regionMatches(true, host.length() - end.length(), end, 0, end.length());
    }
}
