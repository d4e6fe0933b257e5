package io.frontdesk.engine.upstream;

import io.frontdesk.net.Errno;
import io.frontdesk.net.tls.TlsSession;
import io.netty.buffer.ByteBuf;

/** Who uses a connection to a peer: hears what happens on it. Loop of the connection only. */
interface UpstreamUser {
    /** Takes bytes that came; owned by the callee. */
    void takeInput(ByteBuf in);

    /** No more bytes are at hand for now. */
    void readComplete();

    /** The socket's room has changed. */
    void writable();

    /** The peer sent its FIN, or the connection is gone. */
    void inputEnded();

    /** The peer has reset the connection, which is not being read. */
    void peerReset();

    /** The system reports an error. */
    void broken(Errno errno);

    /** The time that the connection's deadline was armed for is over. */
    void timedOut();

    /** TLS is agreed on. */
    void tlsEstablished(TlsSession session);

    /** TLS came to nothing, or broke; the message is as nginx logs it. */
    void tlsFailed(String message);

    /** An exception that is our fault; the connection is closed. */
    void bug(Throwable cause);
}
