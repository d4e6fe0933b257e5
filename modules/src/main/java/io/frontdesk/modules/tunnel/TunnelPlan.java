package io.frontdesk.modules.tunnel;

import io.frontdesk.codec.Bytes;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.upstream.Upstream;
import io.frontdesk.engine.upstream.UpstreamCodec;
import io.frontdesk.engine.upstream.UpstreamProtocol;
import io.frontdesk.engine.upstream.UpstreamSettings;
import io.frontdesk.engine.upstream.Upstreams;
import io.frontdesk.engine.variable.Template;
import io.frontdesk.engine.worker.Worker;
import org.jspecify.annotations.Nullable;

/**
 * What a location says about tunnels, compiled. Immutable, shared by all loops.
 *
 * @param settings  about the connection
 * @param upstreams those of the configuration
 * @param upstream  where to connect to, or null when that is put together at run time
 * @param target    what puts it together, or null
 */
record TunnelPlan(UpstreamSettings settings, Upstreams upstreams, @Nullable Upstream upstream,
        @Nullable Template target) implements UpstreamProtocol {
    @Override
    public UpstreamCodec newCodec(Worker worker) {
        return new TunnelCodec();
    }

    @Override
    public boolean mayStreamBody(Exchange exchange) {
        return false;
    }

    @Override
    public boolean replacesBody() {
        return true;
    }

    @Override
    public boolean rewrite(Exchange exchange, int id, byte[] array, int offset, int length, Bytes out) {
        return false;
    }
}
