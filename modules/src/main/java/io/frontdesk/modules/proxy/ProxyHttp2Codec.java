package io.frontdesk.modules.proxy;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http1.ResponseLimits;
import io.frontdesk.codec.http2.RequestBlock;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.upstream.Http2Codec;
import io.frontdesk.engine.upstream.RequestHeaders;
import io.frontdesk.engine.upstream.UpstreamExchange;
import io.frontdesk.engine.variable.Template;
import io.frontdesk.engine.worker.Worker;
import org.jspecify.annotations.Nullable;

/** {@code proxy_http_version 2}. Owned by an upstream exchange; loop only. */
final class ProxyHttp2Codec extends Http2Codec implements ProxyCodec {
    private static final byte[] AUTHORITY = {':', 'a', 'u', 't', 'h', 'o', 'r', 'i', 't', 'y'};

    private final Worker worker;
    private final ProxyCall call;

    ProxyHttp2Codec(Worker worker) {
        this.worker = worker;
        this.call = new ProxyCall(worker);
    }

    @Override
    public ProxyCall call() {
        return call;
    }

    @Override
    public int prepare(UpstreamExchange exchange) {
        call.prepare(exchange);
        return 0;
    }

    @Override
    public String scheme() {
        return call.target().scheme();
    }

    @Override
    public void appendUri(Bytes out) {
        call.appendUri(out);
    }

    @Override
    protected ResponseLimits limits() {
        return call.plan().limits;
    }

    @Override
    protected boolean answersHead() {
        return call.isHead();
    }

    @Override
    protected @Nullable Bytes ownBody() {
        return call.ownBody();
    }

    @Override
    protected boolean writeFields(RequestBlock to, Bytes out) {
        Exchange ex = call.exchange();
        ProxyPlan plan = call.plan();
        Bytes method = worker.takeScratch();
        try {
            if (!call.appendMethod(method)) {
                return call.refuse();
            }
            to.method(method.array(), 0, method.length());
        } finally {
            worker.giveBackScratch(method);
        }
        to.scheme(call.target().isTls());
        to.beginPath();
        if (!call.appendTarget(out) || !to.endValue()) {
            return call.refuse();
        }
        RequestHeaders headers = call.headers();
        authority(ex, headers, to, out);
        writeSet(ex, headers, to, out);
        if (call.bodyLength() >= 0 && headers.hasLength()) {
            to.beginField(FieldName.wire(FieldName.CONTENT_LENGTH));
            out.writeDecimal(call.bodyLength());
            to.endValue();
        }
        if (plan.passesHeaders) {
            pass(ex.request().fields(), headers, to);
        }
        return true;
    }

    private void authority(Exchange ex, RequestHeaders headers, RequestBlock to, Bytes out) {
        to.beginAuthority();
        Template own = headers.host();
        if (own != null) {
            own.append(ex, out);
        }
        if (out.length() == to.valueStart()) {
            out.write(call.target().hostHeader());
        }
        endField(ex, AUTHORITY, to, out);
        if (ex.trace() != null) {
            ex.trace().sends("Host", headers.hostAt());
        }
    }

    @Override
    public void clear() {
        super.clear();
        call.clear();
    }
}
