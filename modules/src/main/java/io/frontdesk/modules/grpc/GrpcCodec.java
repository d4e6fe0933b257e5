package io.frontdesk.modules.grpc;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.codec.http.Method;
import io.frontdesk.codec.http1.HeadWriter;
import io.frontdesk.codec.http1.ResponseLimits;
import io.frontdesk.codec.http2.RequestBlock;
import io.frontdesk.codec.uri.UriEscape;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.RequestUri;
import io.frontdesk.engine.upstream.Http2Codec;
import io.frontdesk.engine.upstream.RequestHeaders;
import io.frontdesk.engine.upstream.SetHeader;
import io.frontdesk.engine.upstream.UpstreamExchange;
import io.frontdesk.engine.variable.Template;
import org.jspecify.annotations.Nullable;

/** A request to a gRPC server: the client's, in HTTP/2. Owned by an upstream exchange; loop only. */
final class GrpcCodec extends Http2Codec {
    private static final byte[] AUTHORITY = {':', 'a', 'u', 't', 'h', 'o', 'r', 'i', 't', 'y'};

    private @Nullable UpstreamExchange owner;
    private @Nullable GrpcTarget target;

    void target(GrpcTarget to) {
        target = to;
    }

    GrpcTarget target() {
        return present(target);
    }

    /** Whether it works for that request, and not for one before an internal redirect. */
    boolean isFor(Exchange ex) {
        UpstreamExchange o = owner;
        return o != null && ex.content() == o;
    }

    private Exchange exchange() {
        return present(owner).exchange();
    }

    private GrpcPlan plan() {
        return (GrpcPlan) present(owner).protocol();
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("not in use");
        }
        return value;
    }

    @Override
    public int prepare(UpstreamExchange exchange) {
        owner = exchange;
        return 0;
    }

    @Override
    public String scheme() {
        return target().scheme();
    }

    /** nginx: the target as the client spelt it, unless it was rewritten; there is no URI part. */
    @Override
    public void appendUri(Bytes out) {
        Exchange ex = exchange();
        RequestUri uri = ex.uri();
        if (uri.hasRawForm()) {
            if (ex.request().hasEmptyPath()) {
                out.write('/');
            }
            out.write(ex.request().bytes().array(), ex.request().rawTargetOffset(), ex.request().rawTargetLength());
            return;
        }
        if (ex.request().isPathEncoded() || ex.isInternal()) {
            UriEscape.URI.escape(uri.pathBytes(), uri.pathOffset(), uri.pathLength(), out);
        } else {
            out.write(uri.pathBytes(), uri.pathOffset(), uri.pathLength());
        }
        if (uri.argsLength() > 0) {
            out.write('?');
            uri.appendArgs(out);
        }
    }

    @Override
    protected ResponseLimits limits() {
        return plan().limits();
    }

    @Override
    protected boolean answersHead() {
        return exchange().method() == Method.HEAD;
    }

    @Override
    protected boolean writeFields(RequestBlock to, Bytes out) {
        Exchange ex = exchange();
        RequestHeaders headers = plan().headers();
        if (ex.method() == Method.OTHER) {
            to.method(ex.request().bytes().array(), ex.request().methodOffset(), ex.request().methodLength());
        } else {
            to.method(ex.method().wire(), 0, ex.method().wire().length);
        }
        to.scheme(target().isTls());
        to.beginPath();
        appendUri(out);
        if (!HeadWriter.isTarget(out.array(), to.valueStart(), out.length()) || !to.endValue()) {
            ex.blame().log(FaultKind.NO_REQUEST, "the request line for the upstream can't be written");
            return false;
        }
        authority(ex, headers, to, out);
        writeSet(ex, headers, to, out);
        if (ex.request().contentLength() >= 0 && headers.hasLength()) {
            to.beginField(FieldName.wire(FieldName.CONTENT_LENGTH));
            out.writeDecimal(ex.request().contentLength());
            to.endValue();
        }
        te(ex.request().fields(), headers, to, out);
        pass(ex.request().fields(), headers, to);
        return true;
    }

    private void authority(Exchange ex, RequestHeaders headers, RequestBlock to, Bytes out) {
        to.beginAuthority();
        Template own = headers.host();
        if (own != null) {
            own.append(ex, out);
        }
        if (out.length() == to.valueStart()) {
            out.write(target().authority());
        }
        endField(ex, AUTHORITY, to, out);
    }

    /** gRPC servers ask for it: a client that says that it takes trailers is believed. */
    private static void te(Fields fields, RequestHeaders headers, RequestBlock to, Bytes out) {
        for (SetHeader header : headers.set()) {
            if (header.isTe()) {
                return;
            }
        }
        if (fields.hasToken(FieldName.TE, "trailers")) {
            to.beginField(FieldName.wire(FieldName.TE));
            out.write("trailers");
            to.endValue();
        }
    }

    @Override
    public void clear() {
        super.clear();
        owner = null;
        target = null;
    }
}
