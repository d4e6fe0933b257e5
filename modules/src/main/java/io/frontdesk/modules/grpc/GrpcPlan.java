package io.frontdesk.modules.grpc;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http1.ResponseLimits;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.upstream.RequestHeaders;
import io.frontdesk.engine.upstream.Upstream;
import io.frontdesk.engine.upstream.UpstreamCodec;
import io.frontdesk.engine.upstream.UpstreamProtocol;
import io.frontdesk.engine.upstream.UpstreamSettings;
import io.frontdesk.engine.upstream.Upstreams;
import io.frontdesk.engine.variable.Template;
import io.frontdesk.engine.worker.Worker;
import org.jspecify.annotations.Nullable;

/**
 * All that a location says about passing requests to gRPC servers, compiled. Immutable, shared by all loops.
 *
 * @param settings       for what the line names; where it has variables, in the clear
 * @param secured        for an address with variables that turns out to begin with grpcs
 * @param upstreams      all that there are
 * @param target         null when the address has variables
 * @param upstream       what it stands for; null likewise
 * @param variableTarget null when it has none
 * @param headers        the fields of requests
 * @param limits         the limits of responses
 */
record GrpcPlan(UpstreamSettings settings, UpstreamSettings secured, Upstreams upstreams, @Nullable GrpcTarget target,
        @Nullable Upstream upstream, @Nullable Template variableTarget, RequestHeaders headers, ResponseLimits limits)
        implements
            UpstreamProtocol {

    @Override
    public UpstreamCodec newCodec(Worker worker) {
        return new GrpcCodec();
    }

    @Override
    public boolean mayStreamBody(Exchange exchange) {
        return true;
    }

    @Override
    public boolean replacesBody() {
        return false;
    }

    @Override
    public boolean rewrite(Exchange exchange, int id, byte[] array, int offset, int length, Bytes out) {
        return false;
    }
}
