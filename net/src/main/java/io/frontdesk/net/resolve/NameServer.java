package io.frontdesk.net.resolve;

import io.frontdesk.net.AddressText;
import io.frontdesk.net.loop.Loop;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way to one DNS server: messages as bytes out and in, by UDP, and by TCP for answers that a datagram can't hold. It knows nothing
 * of what is in them. Sockets are connected, so that the kernel lets nothing through but what comes from that address and port; and
 * they are given up after a few queries, so that who forges answers has to guess the port again. One that is at rest has no socket.
 * Owned by a resolver, used on its loop's thread alone.
 */
public final class NameServer {
    /** How many queries go out of one port. */
    static final int QUERIES_PER_PORT = 16;
    /** How many ports may be in use; then the last is used on. */
    static final int MAX_PORTS = 64;

    /** Who hears of it; called on the loop's thread, never out of a sending method. */
    public interface Listener {
        /** A message came. It is the callee's. */
        void received(NameServer from, byte[] message, boolean overTcp);

        /** The system reports an error, or a connection ended: what was asked there may stay without an answer. */
        void failed(NameServer server, ServerFault fault);
    }

    private final Loop loop;
    private final InetSocketAddress address;
    private final String name;
    private final Listener listener;
    private final List<DatagramLink> links = new ArrayList<>();
    private @Nullable StreamLink stream;

    /** The server at {@code address}. */
    public NameServer(Loop loop, InetSocketAddress address, Listener listener) {
        this.loop = loop;
        this.address = address;
        this.name = AddressText.of(address);
        this.listener = listener;
    }

    /** Address and port, for logs. */
    public String name() {
        return name;
    }

    /** Sends a query as a datagram. What goes wrong at once is returned, what goes wrong later goes to the listener. */
    public @Nullable ServerFault send(byte[] query) {
        DatagramLink link = links.isEmpty() ? null : links.getLast();
        if (link == null || link.sent() >= QUERIES_PER_PORT && links.size() < MAX_PORTS) {
            link = new DatagramLink(this);
            ServerFault fault = link.open();
            if (fault != null) {
                return fault;
            }
            links.add(link);
        }
        link.send(query);
        return null;
    }

    /** Sends a query over a connection, which is made if there is none. */
    public void sendOverTcp(byte[] query) {
        StreamLink link = stream;
        if (link == null) {
            link = new StreamLink(this);
            stream = link;
            link.open();
        }
        link.send(query);
    }

    /** Closes all sockets. It can be used again. */
    public void close() {
        for (DatagramLink link : List.copyOf(links)) {
            link.close();
        }
        StreamLink link = stream;
        if (link != null) {
            link.close();
        }
    }

    /** How many sockets are open. */
    int sockets() {
        return links.size() + (stream == null ? 0 : 1);
    }

    Loop loop() {
        return loop;
    }

    InetSocketAddress address() {
        return address;
    }

    void received(byte[] message, boolean overTcp) {
        listener.received(this, message, overTcp);
    }

    void failed(ServerFault fault) {
        listener.failed(this, fault);
    }

    void closed(DatagramLink link) {
        links.remove(link);
    }

    void closed(StreamLink link) {
        if (link == stream) {
            stream = null;
        }
    }
}
