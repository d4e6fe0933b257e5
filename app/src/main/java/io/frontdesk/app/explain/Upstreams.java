package io.frontdesk.app.explain;

import io.frontdesk.app.command.CheckedConfiguration;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.engine.upstream.Peer;
import io.frontdesk.engine.upstream.PeerGroup;
import io.frontdesk.engine.upstream.ServerParameters;
import io.frontdesk.engine.upstream.Upstream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is said of an upstream. Stateless. */
final class Upstreams {
    private Upstreams() {}

    /** The {@code upstream} block of a name, or null. */
    static @Nullable Setting<?> block(CheckedConfiguration configuration, String name) {
        for (Scope http : configuration.main().blocks(configuration.modules().core().http)) {
            for (Setting<?> line : http.entries()) {
                if (line.directive().name().equals("upstream")
                        && line.at().args().getFirst().text().equalsIgnoreCase(name)) {
                    return line;
                }
            }
        }
        return null;
    }

    /** Its servers, with what their lines say that is not usual. */
    static List<String> servers(Upstream upstream) {
        List<String> servers = new ArrayList<>();
        servers(upstream.primary(), servers);
        PeerGroup backup = upstream.backup();
        if (backup != null) {
            servers(backup, servers);
        }
        return servers;
    }

    private static void servers(PeerGroup group, List<String> into) {
        for (int i = 0; i < group.size(); i++) {
            Peer peer = group.peer(i);
            ServerParameters p = peer.parameters();
            into.add(peer.name() + (peer.isUnresolved() ? " (looked up at run time)" : "")
                    + (p.weight() == 1 ? "" : " weight=" + p.weight()) + (p.backup() ? " backup" : "")
                    + (p.down() ? " down" : ""));
        }
    }
}
