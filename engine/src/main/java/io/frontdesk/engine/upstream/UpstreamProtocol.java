package io.frontdesk.engine.upstream;

import io.frontdesk.codec.Bytes;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.worker.Worker;

/**
 * A way to talk to upstreams, compiled for one location: makes the codec that an exchange uses, and says what the state machine must know.
 * Immutable, shared by all loops.
 */
public interface UpstreamProtocol {
    /** What kind of codec this is: exchanges of one kind use them one after the other. */
    default Class<?> codecClass() {
        return getClass();
    }

    /** A codec of that kind. */
    UpstreamCodec newCodec(Worker worker);

    /** Whether this request's body can be passed on as it comes. */
    boolean mayStreamBody(Exchange exchange);

    /** Whether the codec's head holds a body of its own, so that the request's is not sent. */
    boolean replacesBody();

    /**
     * Rewrites Location, Refresh or Set-Cookie of a response.
     *
     * @param id the field's name, in {@link io.frontdesk.codec.http.FieldName}
     * @return false, with nothing appended that matters, when the value passes as it is
     */
    boolean rewrite(Exchange exchange, int id, byte[] array, int offset, int length, Bytes out);
}
