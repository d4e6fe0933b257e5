package io.frontdesk.modules.proxy;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.Octets;
import io.frontdesk.codec.http.Method;
import io.frontdesk.codec.http1.HeadWriter;
import io.frontdesk.engine.cache.CacheLookup;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.upstream.RequestHeaders;
import io.frontdesk.engine.upstream.UpstreamExchange;
import io.frontdesk.engine.variable.Template;
import io.frontdesk.engine.worker.Worker;
import org.jspecify.annotations.Nullable;

/** What an upstream is asked for, whatever the version: target, method, length of the body. Owned by a codec and reused; loop only. */
final class ProxyCall {
    private final Worker worker;
    private @Nullable UpstreamExchange owner;
    private @Nullable ProxyTarget target;
    private @Nullable Bytes setBody;
    private long bodyLength;
    private boolean chunked;
    private boolean head;

    ProxyCall(Worker worker) {
        this.worker = worker;
    }

    void target(ProxyTarget to) {
        target = to;
    }

    ProxyTarget target() {
        ProxyTarget t = target;
        if (t == null) {
            throw new IllegalStateException("no target");
        }
        return t;
    }

    private UpstreamExchange owner() {
        UpstreamExchange o = owner;
        if (o == null) {
            throw new IllegalStateException("not in use");
        }
        return o;
    }

    Exchange exchange() {
        return owner().exchange();
    }

    ProxyPlan plan() {
        return (ProxyPlan) owner().protocol();
    }

    /** Whether it is for that request, and not for one before an internal redirect. */
    boolean isFor(Exchange ex) {
        UpstreamExchange o = owner;
        return o != null && ex.content() == o;
    }

    /** The length of the body as it is passed on, -1 for none or an unknown one. */
    long bodyLength() {
        return bodyLength;
    }

    /** Whether the body is of unknown length. */
    boolean isChunked() {
        return chunked;
    }

    /** The body that {@code proxy_set_body} says, or null. */
    @Nullable
    Bytes ownBody() {
        return plan().body == null ? null : setBody;
    }

    /** Whether the method that was appended last is HEAD. */
    boolean isHead() {
        return head;
    }

    void prepare(UpstreamExchange of) {
        owner = of;
        Exchange ex = of.exchange();
        ProxyPlan plan = plan();
        chunked = false;
        Template body = plan.body;
        if (body != null) {
            Bytes own = setBody == null ? new Bytes() : setBody;
            setBody = own;
            own.clear();
            body.append(ex, own);
            bodyLength = own.length();
        } else if (!plan.settings.passesRequestBody()) {
            bodyLength = ex.request().contentLength() >= 0 || ex.request().isChunked() ? 0 : -1;
        } else if (ex.isSubrequest()) {
            bodyLength = ex.body().isExpected() ? ex.body().length() : -1;
        } else if (ex.body().isExpected() && ex.request().isChunked()) {
            chunked = !ex.body().hasEnded();
            bodyLength = chunked ? -1 : ex.body().length();
        } else {
            bodyLength = ex.request().contentLength();
        }
    }

    void appendUri(Bytes out) {
        ProxyUri.append(exchange(), plan(), target(), out);
    }

    /** Appends the method; false when it is none. */
    boolean appendMethod(Bytes out) {
        Exchange ex = exchange();
        Template template = plan().method;
        int start = out.length();
        if (template != null) {
            template.append(ex, out);
        } else if (ex.isHead() && asksWhole()) {
            out.write("GET");
        } else if (ex.method() == Method.OTHER) {
            out.write(ex.request().bytes().array(), ex.request().methodOffset(), ex.request().methodLength());
        } else {
            out.write(ex.method().wire());
        }
        int end = out.length();
        head = end - start == 4 && Octets.equalsFolded(out.array(), start, 4, "HEAD");
        return end > start && Octets.isToken(out.array(), start, end);
    }

    /** The fields that the configuration sets. */
    RequestHeaders headers() {
        return plan().headers(owner());
    }

    private boolean asksWhole() {
        CacheLookup cached = owner().cached();
        return cached != null && cached.asksWhole();
    }

    /** Appends the target; false when it can't be sent. */
    boolean appendTarget(Bytes out) {
        int uri = out.length();
        ProxyUri.append(exchange(), plan(), target(), out);
        if (HeadWriter.isTarget(out.array(), uri, out.length())) {
            return true;
        }
        ProxyUri.repair(worker, out, uri);
        return HeadWriter.isTarget(out.array(), uri, out.length());
    }

    /** Says that there is no request that could be sent. */
    boolean refuse() {
        Exchange ex = exchange();
        ex.blame().log(FaultKind.NO_REQUEST, "the request line for the upstream can't be written");
        return false;
    }

    void clear() {
        owner = null;
        target = null;
        if (setBody != null && setBody.capacity() > 4096) {
            setBody = null;
        }
    }
}
