package io.frontdesk.engine.upstream;

import io.frontdesk.engine.request.Exchange;
import org.jspecify.annotations.Nullable;

/** Decides which responses of a location are copied, and to where. Compiled, shared by all loops. */
public interface ResponseKeeper {
    /** Asked when a head has come that is the client's answer; null when this one is not kept. */
    @Nullable
    ResponseCopy begin(Exchange exchange, UpstreamHead head);
}
