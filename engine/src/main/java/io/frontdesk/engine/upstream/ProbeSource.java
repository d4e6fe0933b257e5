package io.frontdesk.engine.upstream;

import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Outcome;
import org.jspecify.annotations.Nullable;

/** A content handler that passes requests to an upstream, and can ask one server of it when nobody sent a request. */
public interface ProbeSource {
    /** The upstream, or null when that is known with each request only. */
    @Nullable
    Upstream upstream();

    /** Whether servers are asked as those of gRPC are: a call, with trailers behind the answer. */
    default boolean isGrpc() {
        return false;
    }

    /** Handles an exchange of a probe: asks the one server of {@code alone}, with the target as it stands in the request. */
    Outcome probe(Exchange exchange, Upstream alone);
}
