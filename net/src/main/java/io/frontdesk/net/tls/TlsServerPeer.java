package io.frontdesk.net.tls;

import org.jspecify.annotations.Nullable;

/** Whose connection it is that a client made: chooses by the client's first message. Loop of the connection only. */
public interface TlsServerPeer extends TlsPeer {
    /** What was chosen. */
    sealed interface Choice {
        /** Go on with this context. */
        record Use(TlsContext context) implements Choice {}

        /** Refuse, by an alert of this number (RFC 8446 §6.2). */
        record Refuse(int alert, String message) implements Choice {}

        /** It is not known yet: {@link TlsServerEntry#decide} will be called. */
        record Later() implements Choice {}
    }

    /** Chooses; the message is null when it is none that could be read, which the library will refuse in its own words. */
    Choice choose(@Nullable ClientHello hello);

    /** What came is no TLS: it is handed on as it is. */
    void plain();
}
