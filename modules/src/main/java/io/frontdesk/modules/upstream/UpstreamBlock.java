package io.frontdesk.modules.upstream;

import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Word;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.upstream.AffinityMethod;
import io.frontdesk.engine.upstream.BalancingMethod;
import io.frontdesk.engine.upstream.NamedServer;
import io.frontdesk.engine.upstream.RoundRobinBalancer;
import io.frontdesk.engine.upstream.ServerParameter;
import io.frontdesk.engine.upstream.UpstreamAddresses;
import io.frontdesk.engine.upstream.UpstreamBuilder;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Links the lines of one upstream block, in their order, as what a method knows of a server's parameters depends on it. Control plane. */
final class UpstreamBlock {
    private static final int HTTP_PORT = 80;

    private final UpstreamBuilder builder;
    private final Scope body;
    private final Link link;
    private @Nullable BalancingMethod method;
    private boolean isBalanced;
    private boolean wasSeen;

    UpstreamBlock(UpstreamBuilder builder, Scope body, Link link) {
        this.builder = builder;
        this.body = body;
        this.link = link;
    }

    void link() throws ConfigException {
        for (Setting<?> line : body.entries()) {
            Object value = line.value();
            // No switch over types: the JVM makes its code at run time, and each start would wait (docs/adr/0014).
            if (value instanceof BalancingMethod next) {
                warnAgain(line);
                method = next;
            } else if (value instanceof AffinityMethod affinity) {
                isBalanced = true;
                builder.affinity(affinity.affinity(link, builder.name()));
            } else if (value instanceof ServerLine server) {
                server(line, server);
            }
        }
        BalancingMethod chosen = method;
        builder.balancer(chosen == null ? RoundRobinBalancer.INSTANCE : chosen.balancer(link),
                parameters().contains(ServerParameter.BACKUP));
    }

    /** nginx: sticky is a method too, for that matter. */
    private void warnAgain(Setting<?> line) {
        if (isBalanced || wasSeen) {
            link.warn("load balancing method redefined", line.at().at());
        }
        wasSeen = true;
    }

    private Set<ServerParameter> parameters() {
        BalancingMethod known = method;
        return known == null ? ServerParameter.ALL : known.parameters();
    }

    private void server(Setting<?> line, ServerLine server) throws ConfigException {
        for (Word word : server.words()) {
            ServerParameter kind = ServerLine.kind(word);
            if (kind != null && !parameters().contains(kind)) {
                throw line.error("balancing method does not support parameter \"%s\"", word.text());
            }
        }
        boolean isLiteral = UpstreamAddresses.literal(server.url(), HTTP_PORT) != null;
        String text = server.url().text();
        if (!server.service().isEmpty() && isLiteral) {
            throw line.error("service upstream \"%s\" requires domain name", text);
        }
        if (server.resolves() && !isLiteral) {
            int port = server.url().port();
            builder.server(new NamedServer(server.url().host(), server.service(), port == 0 ? HTTP_PORT : port, text,
                    server.parameters()));
        } else {
            builder.server(UpstreamAddresses.resolve(server.url(), HTTP_PORT, line.at().at()), text,
                    server.parameters());
        }
    }
}
