package io.frontdesk.modules.proxy;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.Octets;
import io.frontdesk.codec.http.FieldList;
import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.codec.http.HttpVersion;
import io.frontdesk.codec.http.Method;
import io.frontdesk.codec.http.Status;
import io.frontdesk.codec.http1.ContentEvent;
import io.frontdesk.codec.http1.ContentReader;
import io.frontdesk.codec.http1.HeadWriter;
import io.frontdesk.codec.http1.ResponseHead;
import io.frontdesk.codec.http1.ResponseReader;
import io.frontdesk.codec.http1.Result;
import io.frontdesk.codec.http1.Side;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.cache.CacheLookup;
import io.frontdesk.engine.fault.Fault;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.upstream.UpstreamCodec;
import io.frontdesk.engine.upstream.UpstreamExchange;
import io.frontdesk.engine.variable.Template;
import io.frontdesk.engine.worker.Worker;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** HTTP/1 to an upstream: requests are written from typed parts, responses read strictly. Owned by an upstream exchange; loop only. */
final class ProxyCodec implements UpstreamCodec {
    private static final int MAX_TRAILER_BYTES = 16 * 1024;
    private static final int MAX_TRAILERS = 100;

    private final Worker worker;
    private final ResponseHead head = new ResponseHead();
    private final ResponseReader reader = new ResponseReader();
    private final ContentReader content = new ContentReader(Side.UPSTREAM, MAX_TRAILER_BYTES, MAX_TRAILERS);
    private @Nullable UpstreamExchange owner;
    private @Nullable ProxyTarget target;
    private @Nullable Bytes setBody;
    private long[] named = new long[1];
    private long bodyLength;
    private boolean chunked;
    private boolean answersHead;
    private boolean asksUpgrade;
    private boolean bodyRefused;

    ProxyCodec(Worker worker) {
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

    private ProxyPlan plan() {
        return (ProxyPlan) owner().protocol();
    }

    /** Whether it works for that request, and not for one before an internal redirect. */
    boolean isFor(Exchange ex) {
        UpstreamExchange o = owner;
        return o != null && ex.content() == o;
    }

    /** The length of the body as it is passed on, -1 for none or an unknown one. */
    long bodyLength() {
        return bodyLength;
    }

    /** Whether the body is passed on in chunks. */
    boolean isChunked() {
        return chunked;
    }

    @Override
    public int prepare(UpstreamExchange exchange) {
        owner = exchange;
        Exchange ex = exchange.exchange();
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
        return 0;
    }

    @Override
    public String scheme() {
        return target().scheme();
    }

    @Override
    public void appendUri(Bytes out) {
        ProxyUri.append(owner().exchange(), plan(), target(), out);
    }

    // ---- the request

    @Override
    public boolean writeHead(Bytes out) {
        Exchange ex = owner().exchange();
        ProxyPlan plan = plan();
        if (!requestLine(ex, plan, out)) {
            ex.blame().log(FaultKind.NO_REQUEST, "the request line for the upstream can't be written");
            return false;
        }
        fields(ex, plan, out);
        out.writeCrlf();
        Bytes own = setBody;
        if (plan.body != null && own != null) {
            out.write(own);
        }
        reader.start(plan.limits, answersHead);
        return true;
    }

    private boolean requestLine(Exchange ex, ProxyPlan plan, Bytes out) {
        int start = out.length();
        Template template = plan.method;
        if (template != null) {
            template.append(ex, out);
        } else if (ex.isHead() && asksWhole()) {
            out.write("GET");
        } else {
            appendMethod(ex, out);
        }
        int end = out.length();
        if (end == start || !Octets.isToken(out.array(), start, end)) {
            return false;
        }
        answersHead = end - start == 4 && Octets.equalsFolded(out.array(), start, 4, "HEAD");
        out.write(' ');
        int uri = out.length();
        ProxyUri.append(ex, plan, target(), out);
        if (!HeadWriter.isTarget(out.array(), uri, out.length())) {
            ProxyUri.repair(worker, out, uri);
            if (!HeadWriter.isTarget(out.array(), uri, out.length())) {
                return false;
            }
        }
        out.write(' ');
        out.write(plan.version.wire());
        out.writeCrlf();
        return true;
    }

    private boolean asksWhole() {
        CacheLookup cached = owner().cached();
        return cached != null && cached.asksWhole();
    }

    private static void appendMethod(Exchange ex, Bytes out) {
        Method method = ex.method();
        if (method == Method.OTHER) {
            out.write(ex.request().bytes().array(), ex.request().methodOffset(), ex.request().methodLength());
        } else {
            out.write(method.wire());
        }
    }

    private void fields(Exchange ex, ProxyPlan plan, Bytes out) {
        ProxyHeaders headers = plan.headers;
        host(ex, plan, headers, out);
        asksUpgrade = false;
        for (SetHeader header : headers.set()) {
            set(ex, header, out);
        }
        if (chunked) {
            out.write("Transfer-Encoding: chunked\r\n");
        } else if (bodyLength > 0 || bodyLength == 0 && headers.hasLength()) {
            HeadWriter.field(out, FieldName.CONTENT_LENGTH, bodyLength);
        }
        if (plan.passesHeaders) {
            pass(ex.request().fields(), headers, out);
        }
    }

    private void host(Exchange ex, ProxyPlan plan, ProxyHeaders headers, Bytes out) {
        byte[] name = FieldName.wire(FieldName.HOST);
        int start = HeadWriter.beginField(out, name);
        int value = out.length();
        Template own = headers.host();
        if (own != null) {
            own.append(ex, out);
        }
        if (own == null || out.length() == value && plan.version == HttpVersion.HTTP_1_1) {
            out.write(target().hostHeader());
        }
        if (out.length() == value) {
            out.truncate(start);
        } else if (!HeadWriter.endField(out, start, name)) {
            dropped(ex, name);
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
            dropped(ex, name);
            return;
        }
        if (ex.trace() != null) {
            ex.trace().sends(new String(name, java.nio.charset.StandardCharsets.ISO_8859_1), header.at());
        }
        if (name.length == 7 && Octets.equalsFolded(name, 0, 7, "upgrade")) {
            asksUpgrade = true;
        }
    }

    /** A value with CR, LF or NUL never reaches a header. */
    private static void dropped(Exchange ex, byte[] name) {
        ex.log(FaultKind.INVALID_VALUE, Severity.ERROR,
                "the value of \"" + new String(name, java.nio.charset.StandardCharsets.ISO_8859_1)
                        + "\" holds a line break or a NUL, so that the field is not sent"
                        + " while sending request to upstream");
    }

    private void pass(Fields fields, ProxyHeaders headers, Bytes out) {
        boolean names = markNamed(fields);
        for (int i = 0; i < fields.size(); i++) {
            if (fields.isRemoved(i) || headers.replaced().contains(fields, i)
                    || names && (named[i >> 6] & 1L << i) != 0) {
                continue;
            }
            HeadWriter.field(out, fields, i);
        }
    }

    /** RFC 9110 §7.6.1: fields that Connection names concern the client's connection only. */
    private boolean markNamed(Fields fields) {
        boolean any = false;
        byte[] array = fields.bytes().array();
        for (int c = fields.find(FieldName.CONNECTION); c >= 0; c = fields.next(c)) {
            int to = fields.valueOffset(c) + fields.valueLength(c);
            int start = FieldList.memberStart(array, fields.valueOffset(c), to);
            while (start < to) {
                int end = FieldList.memberEnd(array, start, to);
                for (int i = fields.find(array, start, end - start); i >= 0; i = fields.next(i)) {
                    if (!any) {
                        any = true;
                        clearNamed(fields.size());
                    }
                    named[i >> 6] |= 1L << i;
                }
                start = FieldList.memberStart(array, end, to);
            }
        }
        return any;
    }

    private void clearNamed(int size) {
        int words = size + 63 >> 6;
        if (named.length < words) {
            named = new long[words];
        } else {
            Arrays.fill(named, 0);
        }
    }

    @Override
    public void beginPart(Bytes out, int length) {
        if (chunked) {
            HeadWriter.chunkHeader(out, length);
        }
    }

    @Override
    public void endPart(Bytes out, int length, boolean last) {
        if (!chunked) {
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
        return head.status() == 101 && asksUpgrade && !owner().exchange().isSubrequest()
                && owner().exchange().request().isUpgrade();
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
        owner = null;
        target = null;
        if (setBody != null && setBody.capacity() > 4096) {
            setBody = null;
        }
    }
}
