package io.frontdesk.engine.request;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Who made a subrequest, and wants to know what became of it. Loop of the exchange. */
public interface SubrequestListener {
    /** Wants to know nothing. */
    SubrequestListener NONE = new SubrequestListener() {};

    /**
     * Asked when a subrequest has failed, or ends without a byte of output: a body to answer it with instead, owned by the caller, or
     * null for its own (nginx: the {@code stub} of an SSI include).
     */
    default @Nullable ByteBuf replacement(Subrequest subrequest) {
        return null;
    }

    /**
     * The subrequest is over; its exchange can be read during this call, not after it. What follows from it is to be begun by
     * {@link Subrequest#later}, as this is called from within the work on the subrequest.
     */
    default void subrequestEnded(Subrequest subrequest) {}
}
