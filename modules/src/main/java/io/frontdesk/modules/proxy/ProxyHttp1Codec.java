package io.frontdesk.modules.proxy;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.Octets;
import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.codec.http.HttpVersion;
import io.frontdesk.codec.http.Status;
import io.frontdesk.codec.http1.ContentEvent;
import io.frontdesk.codec.http1.ContentReader;
import io.frontdesk.codec.http1.HeadWriter;
import io.frontdesk.codec.http1.ResponseHead;
import io.frontdesk.codec.http1.ResponseReader;
import io.frontdesk.codec.http1.Result;
import io.frontdesk.codec.http1.Side;
import io.frontdesk.engine.fault.Fault;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.upstream.NamedFields;
import io.frontdesk.engine.upstream.RequestHeaders;
import io.frontdesk.engine.upstream.SetHeader;
import io.frontdesk.engine.upstream.UpstreamExchange;
import io.frontdesk.engine.variable.Template;
import io.frontdesk.engine.worker.Worker;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** HTTP/1 to an upstream: requests are written from typed parts, responses read strictly. Owned by an upstream exchange; loop only. */
final class ProxyHttp1Codec implements ProxyCodec {
    private static final int MAX_TRAILER_BYTES = 16 * 1024;
    private static final int MAX_TRAILERS = 100;
    private static final int HEAD_BYTES = 512;

    private final ResponseHead head = new ResponseHead();
    private final ResponseReader reader = new ResponseReader();
    private final ContentReader content = new ContentReader(Side.UPSTREAM, MAX_TRAILER_BYTES, MAX_TRAILERS);
    private final ProxyCall call;
    private final NamedFields named = new NamedFields();
    /** The head, when it was written before there was a connection. */
    private @Nullable Bytes composed;
    private boolean asksUpgrade;
    private boolean bodyRefused;

    ProxyHttp1Codec(Worker worker) {
        this.call = new ProxyCall(worker);
    }

    @Override
    public ProxyCall call() {
        return call;
    }

    @Override
    public int prepare(UpstreamExchange exchange) {
        composed = null;
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

    // ---- the request

    @Override
    public boolean compose() {
        Bytes head = new Bytes(HEAD_BYTES);
        if (!writeHead(head)) {
            return false;
        }
        composed = head;
        return true;
    }

    @Override
    public boolean writeHead(Bytes out) {
        Exchange ex = call.exchange();
        ProxyPlan plan = call.plan();
        Bytes early = composed;
        if (early != null) {
            out.write(early);
            reader.start(plan.limits, call.isHead());
            return true;
        }
        if (!requestLine(plan, out)) {
            return call.refuse();
        }
        fields(ex, plan, out);
        out.writeCrlf();
        Bytes own = call.ownBody();
        if (own != null) {
            out.write(own);
        }
        reader.start(plan.limits, call.isHead());
        return true;
    }

    private boolean requestLine(ProxyPlan plan, Bytes out) {
        if (!call.appendMethod(out)) {
            return false;
        }
        out.write(' ');
        if (!call.appendTarget(out)) {
            return false;
        }
        out.write(' ');
        out.write(plan.version.wire());
        out.writeCrlf();
        return true;
    }

    private void fields(Exchange ex, ProxyPlan plan, Bytes out) {
        RequestHeaders headers = call.headers();
        host(ex, plan, headers, out);
        asksUpgrade = false;
        for (SetHeader header : headers.set()) {
            set(ex, header, out);
        }
        long bodyLength = call.bodyLength();
        if (call.isChunked()) {
            out.write("Transfer-Encoding: chunked\r\n");
        } else if (bodyLength > 0 || bodyLength == 0 && headers.hasLength()) {
            HeadWriter.field(out, FieldName.CONTENT_LENGTH, bodyLength);
        }
        if (plan.passesHeaders) {
            pass(ex.request().fields(), headers, out);
        }
    }

    private void host(Exchange ex, ProxyPlan plan, RequestHeaders headers, Bytes out) {
        byte[] name = FieldName.wire(FieldName.HOST);
        int start = HeadWriter.beginField(out, name);
        int value = out.length();
        Template own = headers.host();
        if (own != null) {
            own.append(ex, out);
        }
        if (own == null || out.length() == value && plan.version == HttpVersion.HTTP_1_1) {
            out.write(call.target().hostHeader());
        }
        if (out.length() == value) {
            out.truncate(start);
        } else if (!HeadWriter.endField(out, start, name)) {
            RequestHeaders.dropped(ex, name);
        } else if (ex.trace() != null) {
            ex.trace().sends("Host", headers.hostAt());
        }
    }

    private void set(Exchange ex, SetHeader header, Bytes out) {
        byte[] name = header.name();
        int start = HeadWriter.beginField(out, name);
        int value = out.length();
        header.value().append(ex, out);
        if (out.length() == value) {
            out.truncate(start);
        } else if (!HeadWriter.endField(out, start, name)) {
            RequestHeaders.dropped(ex, name);
            return;
        }
        if (ex.trace() != null) {
            ex.trace().sends(new String(name, java.nio.charset.StandardCharsets.ISO_8859_1), header.at());
        }
        if (name.length == 7 && Octets.equalsFolded(name, 0, 7, "upgrade")) {
            asksUpgrade = true;
        }
    }

    private void pass(Fields fields, RequestHeaders headers, Bytes out) {
        named.mark(fields);
        int size = fields.size();
        int first = 0;
        for (int i = 0; i < size; i++) {
            if (fields.isRemoved(i) || headers.replaced().contains(fields, i) || named.has(i)) {
                HeadWriter.fields(out, fields, first, i);
                first = i + 1;
            }
        }
        HeadWriter.fields(out, fields, first, size);
    }

    @Override
    public void beginPart(Bytes out, int length) {
        if (call.isChunked()) {
            HeadWriter.chunkHeader(out, length);
        }
    }

    @Override
    public void endPart(Bytes out, int length, boolean last) {
        if (!call.isChunked()) {
            return;
        }
        if (length > 0) {
            out.writeCrlf();
        }
        if (last) {
            HeadWriter.lastChunk(out);
        }
    }

    // ---- the response

    @Override
    public Result readHead(ByteBuf in) {
        Result result = reader.read(in, head);
        if (result == Result.HEAD) {
            content.start(head.framing(), head.contentLength(), 0);
        } else if (result == Result.REFUSED) {
            bodyRefused = false;
        }
        return result;
    }

    @Override
    public Fault refusal() {
        if (bodyRefused) {
            return new Fault(FaultKind.BODY_INVALID, content.refusal().reason());
        }
        String reason = reader.refusal().reason();
        return new Fault(
                reason.startsWith("upstream sent too big header") ? FaultKind.HEAD_TOO_BIG : FaultKind.INVALID_HEAD,
                reason);
    }

    @Override
    public int status() {
        return head.status();
    }

    @Override
    public Fields fields() {
        return head.fields();
    }

    @Override
    public @Nullable String reason() {
        String usual = Status.reason(head.status());
        int length = head.reasonLength();
        if (length == usual.length()) {
            byte[] array = head.bytes().array();
            int from = head.reasonOffset();
            int i = 0;
            while (i < length && array[from + i] == usual.charAt(i)) {
                i++;
            }
            if (i == length && length > 0) {
                return null;
            }
        }
        return head.reason();
    }

    @Override
    public long contentLength() {
        return head.contentLength();
    }

    @Override
    public boolean isUpgrade() {
        return head.status() == 101 && asksUpgrade && !call.exchange().isSubrequest()
                && call.exchange().request().isUpgrade();
    }

    @Override
    public ContentEvent readBody(ByteBuf in) {
        ContentEvent event = content.read(in);
        if (event == ContentEvent.REFUSED) {
            bodyRefused = true;
        }
        return event;
    }

    @Override
    public int dataOffset() {
        return content.dataOffset();
    }

    @Override
    public int dataLength() {
        return content.dataLength();
    }

    @Override
    public boolean isBodyEnded() {
        return content.isEnded();
    }

    @Override
    public boolean isBodyEndedByClose() {
        return content.isEndedByClose();
    }

    @Override
    public @Nullable Fields trailers() {
        return head.framing() == io.frontdesk.codec.http1.Framing.CHUNKED ? content.trailers() : null;
    }

    @Override
    public boolean keepsAlive() {
        return head.keepsAlive();
    }

    @Override
    public void trim() {
        head.trim();
    }

    @Override
    public void clear() {
        composed = null;
        call.clear();
    }
}
