package io.frontdesk.app.explain;

import io.frontdesk.app.command.UsageException;
import io.frontdesk.engine.plan.ListenPlan;
import io.frontdesk.engine.plan.Snapshot;
import io.frontdesk.engine.plan.SocketPlan;
import io.frontdesk.net.AddressText;
import io.frontdesk.net.listen.ListenAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a client connects, and from where.
 *
 * @param socket the listening socket
 * @param to     the address on our side; null for a socket in the file system
 * @param from   the client's address; null for a socket in the file system
 */
record ClientEnd(SocketPlan socket, @Nullable InetSocketAddress to, @Nullable InetSocketAddress from) {
    private static final int CLIENT_PORT = 50_000;

    /** No socket is what was asked for. */
    static final class Missing extends Exception {
        private static final long serialVersionUID = 1L;

        Missing(String reason) {
            super(reason, null, false, false);
        }
    }

    /** What a command line means in a configuration. */
    static ClientEnd of(ExplainLine line, Snapshot snapshot) throws UsageException, Missing {
        if (snapshot.sockets().isEmpty()) {
            throw new Missing("the configuration has no http server");
        }
        String listen = line.listen();
        ListenAddress to = listen == null ? address(line.url(), snapshot) : parse(listen);
        SocketPlan socket = socket(to, snapshot);
        if (socket == null) {
            throw new Missing("nothing listens on " + to.text() + "; there is "
                    + String.join(", ", snapshot.sockets().stream().map(s -> s.address().text()).toList()));
        }
        if (!(socket.address() instanceof ListenAddress.Inet bound)) {
            return new ClientEnd(socket, null, null);
        }
        InetAddress local = to instanceof ListenAddress.Inet inet && !inet.wildcard()
                ? inet.address()
                : bound.wildcard() ? loopback(bound.ipv6()) : bound.address();
        return new ClientEnd(socket, new InetSocketAddress(local, bound.port()), from(line.from(), bound.ipv6()));
    }

    /** The address of a URL: its host where that is an address, and its port where something listens there. */
    private static ListenAddress address(AskedUrl url, Snapshot snapshot) {
        ListenAddress first = snapshot.sockets().getFirst().address();
        InetAddress literal = AddressText.literal(url.host());
        for (SocketPlan socket : snapshot.sockets()) {
            if (socket.address() instanceof ListenAddress.Inet inet && inet.port() == url.port()
                    && (literal == null || inet.wildcard() || inet.address().equals(literal))) {
                return literal == null || !inet.wildcard() ? inet : new ListenAddress.Inet(literal, inet.port());
            }
        }
        return url.hasPort() ? new ListenAddress.Inet(literal == null ? loopback(false) : literal, url.port()) : first;
    }

    private static @Nullable SocketPlan socket(ListenAddress to, Snapshot snapshot) {
        SocketPlan exact = snapshot.socket(to);
        if (exact != null) {
            return exact;
        }
        for (SocketPlan socket : snapshot.sockets()) {
            for (ListenPlan plan : socket.plans()) {
                if (plan.address().equals(to)) {
                    return socket;
                }
            }
        }
        for (SocketPlan socket : snapshot.sockets()) {
            if (socket.address() instanceof ListenAddress.Inet inet && inet.wildcard()
                    && to instanceof ListenAddress.Inet wanted && wanted.port() == inet.port()
                    && wanted.ipv6() == inet.ipv6()) {
                return socket;
            }
        }
        return null;
    }

    private static ListenAddress parse(String text) throws UsageException {
        return switch (ListenAddress.parse(text, host -> List.of())) {
            case ListenAddress.Parsed.Found found when !found.addresses().isEmpty() -> found.addresses().getFirst();
            case ListenAddress.Parsed.Found found -> throw new UsageException("no address in \"" + text + "\"");
            case ListenAddress.Parsed.Refused refused ->
                throw new UsageException(refused.reason() + " in \"" + text + "\"");
        };
    }

    private static InetSocketAddress from(@Nullable String text, boolean six) throws UsageException {
        if (text == null) {
            return new InetSocketAddress(loopback(six), CLIENT_PORT);
        }
        int colon = text.lastIndexOf(':');
        boolean hasPort = text.startsWith("[")
                ? colon > text.lastIndexOf(']')
                : colon > 0 && colon == text.indexOf(':');
        String host = hasPort ? text.substring(0, colon) : text;
        InetAddress address = AddressText
                .literal(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
        if (address == null) {
            throw new UsageException("\"" + text + "\" is no address");
        }
        try {
            return new InetSocketAddress(address, hasPort ? Integer.parseInt(text.substring(colon + 1)) : CLIENT_PORT);
        } catch (IllegalArgumentException e) {
            throw new UsageException("\"" + text + "\" has no good port");
        }
    }

    /** The address of this machine for itself. */
    static InetAddress loopback(boolean six) {
        InetAddress address = AddressText.literal(six ? "::1" : "127.0.0.1");
        if (address == null) {
            throw new AssertionError("a literal");
        }
        return address;
    }

    /** Whether that address has TLS. */
    boolean hasTls() {
        ListenPlan plan = to == null ? socket.plans().getFirst() : socket.choose(to.getAddress().getAddress());
        return plan.tls();
    }

    /** The address that the client came to, as the configuration has it. */
    String listen() {
        if (to == null) {
            return socket.address().text();
        }
        return socket.choose(to.getAddress().getAddress()).address().text();
    }
}
