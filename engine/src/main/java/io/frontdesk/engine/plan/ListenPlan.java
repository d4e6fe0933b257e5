package io.frontdesk.engine.plan;

import io.frontdesk.engine.route.ServerNames;
import io.frontdesk.net.listen.ListenAddress;
import io.frontdesk.net.listen.ListenOptions;
import java.util.List;

/**
 * One address of the configuration with the servers that listen there. Immutable, shared by all loops.
 *
 * @param address       as configured
 * @param options       the socket's options, of whichever server set them
 * @param tls           whether connections begin with TLS
 * @param http2         whether the address itself says that HTTP/2 is spoken
 * @param proxyProtocol whether connections begin with a PROXY header
 * @param defaultServer takes what no name takes
 * @param names         chooses by name
 * @param servers       all of them, in order
 */
public record ListenPlan(ListenAddress address, ListenOptions options, boolean tls, boolean http2,
        boolean proxyProtocol,
        ServerPlan defaultServer, ServerNames names, List<ServerPlan> servers) {}
