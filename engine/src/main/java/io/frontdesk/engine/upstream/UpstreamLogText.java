package io.frontdesk.engine.upstream;

import io.frontdesk.codec.Bytes;
import io.frontdesk.engine.fault.Fault;
import io.frontdesk.engine.worker.Worker;
import org.jspecify.annotations.Nullable;

/** What lines of the error log say about an exchange with an upstream: who is asked, and what was being done. Stateless. */
final class UpstreamLogText {
    private UpstreamLogText() {}

    /** What is being done in a state. */
    static String doing(UpstreamState state) {
        return switch (state) {
            case CHOOSING, CONNECTING -> Fault.CONNECTING;
            case HANDSHAKING -> Fault.HANDSHAKING;
            case SENDING -> Fault.SENDING;
            case RELAYING -> Fault.READING;
            default -> Fault.READING_HEAD;
        };
    }

    /** The URL that is asked for: that of the peer, or before one was chosen and when none was live, the upstream's name. */
    static String url(Worker worker, UpstreamCodec codec, @Nullable Peer peer, Attempts attempts) {
        Bytes out = worker.takeScratch();
        try {
            out.write(codec.scheme());
            if (peer != null) {
                out.write(peer.name());
            } else if (attempts.count() > 0) {
                out.write(attempts.last().peer);
            }
            codec.appendUri(out);
            return out.toString();
        } finally {
            worker.giveBackScratch(out);
        }
    }
}
