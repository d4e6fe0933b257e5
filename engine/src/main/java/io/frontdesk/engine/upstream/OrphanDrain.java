package io.frontdesk.engine.upstream;

import io.frontdesk.codec.http1.ContentEvent;
import io.frontdesk.codec.http1.Result;
import io.netty.buffer.ByteBuf;

/**
 * Reads the response for a client that is gone to its end, so that the upstream can finish ({@code proxy_ignore_client_abort}),
 * or so that a store gets all of it. Owned by its upstream exchange and reused; loop only.
 */
final class OrphanDrain {
    private final UpstreamCodec codec;
    private final ResponseIntake intake;
    private boolean hasHead;

    OrphanDrain(UpstreamCodec codec, ResponseIntake intake) {
        this.codec = codec;
        this.intake = intake;
    }

    /** Nobody listens from here on. */
    void begin(boolean headIsRead) {
        hasHead = headIsRead;
    }

    /** Reads on; gives whether more is to come. */
    boolean drain(ByteBuf in) {
        if (!hasHead) {
            Result result = codec.readHead(in);
            while (result == Result.INTERIM) {
                result = codec.readHead(in);
            }
            if (result != Result.HEAD) {
                return result == Result.NEED_MORE;
            }
            hasHead = true;
            intake.takeOrphanedHead();
        }
        ContentEvent event = codec.readBody(in);
        while (event == ContentEvent.DATA) {
            intake.readCopy(in);
            event = codec.isBodyEnded() ? ContentEvent.END : codec.readBody(in);
        }
        if (event == ContentEvent.END) {
            intake.endCopy();
        }
        return event == ContentEvent.NEED_MORE && !codec.isBodyEnded();
    }
}
