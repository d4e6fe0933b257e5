package io.frontdesk.net.tls;

/** Whose connection it is: hears what becomes of the handshake, and of TLS after it. Loop of the connection only. */
public interface TlsPeer {
    /** The handshake is done; data may come and go. */
    void tlsEstablished(TlsSession session);

    /**
     * The handshake failed, or what came after it is no TLS; the connection is being closed.
     *
     * @param message as nginx logs it: {@code SSL_do_handshake() failed (SSL: …)}
     */
    void tlsFailed(String message);

    /** The other side says by close_notify that it sends no more. */
    void tlsEnded();
}
