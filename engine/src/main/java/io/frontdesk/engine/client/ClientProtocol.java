package io.frontdesk.engine.client;

/**
 * The protocol that is spoken on a client's connection, as those parts see it that all protocols share. Implemented by the connections;
 * {@link ClientAddress#attach} says which one speaks now. Loop of the connection only.
 */
public interface ClientProtocol {
    /** Requests on this connection so far. */
    int requestCount();

    /** Whether the request came with more behind it ({@code $pipe}). */
    boolean isPipelined();

    /** The client says by TLS that it sends no more. */
    void tlsEnded();

    /** What comes from here on is HTTP/2, its preface first. */
    default void beginHttp2() {
        throw new IllegalStateException("HTTP/2 within " + getClass().getSimpleName());
    }

    /** Close now. */
    void closeNow();
}
