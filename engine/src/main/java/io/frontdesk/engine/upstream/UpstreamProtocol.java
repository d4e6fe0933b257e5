package io.frontdesk.engine.upstream;

import io.frontdesk.engine.worker.Worker;

/** A way to talk to upstreams, compiled for one location: makes the codec that an exchange uses. Immutable, shared by all loops. */
public interface UpstreamProtocol {
    /** A codec that exchanges of this class of protocol can use one after the other. */
    UpstreamCodec newCodec(Worker worker);
}
