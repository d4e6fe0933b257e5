package io.frontdesk.engine.resolve;

import io.frontdesk.codec.dns.DnsQuery;
import io.frontdesk.codec.dns.DnsType;
import io.frontdesk.net.resolve.NameServer;
import io.frontdesk.net.resolve.ServerFault;
import org.jspecify.annotations.Nullable;

/** One message of a query: a type of records, under its own id. Owned by its query, on its loop. */
final class Question {
    private final DnsType type;
    private final int id;
    private final byte[] bytes;
    private boolean overTcp;
    private boolean answered;

    private Question(DnsType type, int id, byte[] bytes) {
        this.type = type;
        this.id = id;
        this.bytes = bytes;
    }

    /** A question, or null when the name is none that can be asked for. */
    static @Nullable Question of(DnsType type, int id, String name) {
        byte[] bytes = DnsQuery.encode(id, name, type);
        return bytes == null ? null : new Question(type, id, bytes);
    }

    DnsType type() {
        return type;
    }

    int id() {
        return id;
    }

    boolean isAnswered() {
        return answered;
    }

    /** It has its answer. */
    void answered() {
        answered = true;
    }

    boolean isOverTcp() {
        return overTcp;
    }

    /** An answer was too long for a datagram: from now on it goes by TCP. */
    void useTcp() {
        overTcp = true;
    }

    @Nullable
    ServerFault send(NameServer to) {
        if (overTcp) {
            to.sendOverTcp(bytes);
            return null;
        }
        return to.send(bytes);
    }
}
