package io.frontdesk.modules.proxy;

import io.frontdesk.engine.upstream.UpstreamCodec;

/** A codec of this module, whatever it speaks. */
interface ProxyCodec extends UpstreamCodec {
    /** What is asked. */
    ProxyCall call();
}
