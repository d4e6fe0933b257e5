package io.frontdesk.engine.upstream;

import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.RequestBody;

/**
 * Sends a request, as its protocol frames it: the head, and the body out of memory, out of a file as the socket takes it, or as it comes from
 * the client, who is slowed down by a slow upstream. Owned by an upstream exchange and reused; loop only.
 */
interface Sender extends RequestBody.Reader {
    /** Whether the request's body passes on as it comes. */
    boolean streams(Exchange ex, UpstreamSettings settings);

    /** Whether a body that passes as it comes has begun to, so that nobody can send it again. */
    boolean isStreaming();

    /** Whether all of the request is with the system. */
    boolean isDone();

    /** Whether nothing of the request was sent so far. */
    default boolean isUnsent() {
        return false;
    }

    /** Whether what the peer says cannot be about this request: the connection was kept, and nothing was sent so far. */
    default boolean isAnsweredBefore() {
        return false;
    }

    /** Bytes written for the attempt. */
    long bytesSent();

    /** Sends; false when the head can't be made. */
    boolean begin(Exchange ex, UpstreamSettings settings, UpstreamCodec with, UpstreamConnection to);

    /** Asked when the time limit is over: whether anything was taken since; then it runs anew. */
    boolean hasProgressed();

    /** The socket's room has changed. */
    void writable();

    /** No more bytes are at hand for now: what the ones that came ask for can be sent. */
    default void readComplete() {}

    /** Sends no more: the response is there, or the attempt failed. */
    void stop();
}
