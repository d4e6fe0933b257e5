package io.frontdesk.engine.upstream;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.Octets;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.codec.http.Status;
import io.frontdesk.codec.http1.ContentEvent;
import io.frontdesk.codec.http1.ResponseLimits;
import io.frontdesk.codec.http1.Result;
import io.frontdesk.codec.http2.ClientSession;
import io.frontdesk.codec.http2.RequestBlock;
import io.frontdesk.codec.http2.StreamResponse;
import io.frontdesk.engine.fault.Fault;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.Exchange;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/2 to an upstream, one stream at a time on a connection: what modules that speak it have in common. They say what the request is; a
 * {@link StreamSender} frames its body. Owned by an upstream exchange; loop only.
 */
public abstract class Http2Codec implements UpstreamCodec {
    private static final byte[] TRAILERS = {'t', 'r', 'a', 'i', 'l', 'e', 'r', 's'};

    private final StreamResponse response = new StreamResponse();
    private final RequestBlock block = new RequestBlock();
    private final NamedFields named = new NamedFields();
    private @Nullable ClientSession session;
    private boolean hasBody;
    private boolean inBody;
    private boolean endedByHead;

    /** For modules. */
    protected Http2Codec() {}

    /** The sender: a connection is there to send on. */
    void attach(ClientSession on, boolean withBody) {
        session = on;
        hasBody = withBody;
    }

    private ClientSession session() {
        ClientSession on = session;
        if (on == null) {
            throw new IllegalStateException("no connection");
        }
        return on;
    }

    // ---- what a module says

    /** The limits of the response. */
    protected abstract ResponseLimits limits();

    /** Writes the fields of the request, those whose names begin with a colon first; false when a part of it can't be sent. */
    protected abstract boolean writeFields(RequestBlock to, Bytes out);

    /** Whether the request that was written is a HEAD. */
    protected abstract boolean answersHead();

    /** The body in place of the client's, or null for the client's. */
    protected @Nullable Bytes ownBody() {
        return null;
    }

    /** Writes a field whose value was begun and appended, unless it is empty or can't be sent. */
    protected static void endField(Exchange ex, byte[] name, RequestBlock to, Bytes out) {
        if (out.length() == to.valueStart()) {
            to.dropField();
        } else if (!to.endValue()) {
            RequestHeaders.dropped(ex, name);
        }
    }

    /** Writes the fields that are set. */
    protected static void writeSet(Exchange ex, RequestHeaders headers, RequestBlock to, Bytes out) {
        for (SetHeader header : headers.set()) {
            if (header.isAboutConnection()) {
                continue; // RFC 9113 §8.2.2
            }
            to.beginField(header.name());
            header.value().append(ex, out);
            if (header.isTe() && !isTrailers(out, to.valueStart())) {
                to.dropField();
                continue;
            }
            endField(ex, header.name(), to, out);
            if (ex.trace() != null) {
                ex.trace().sends(new String(header.name(), java.nio.charset.StandardCharsets.ISO_8859_1), header.at());
            }
        }
    }

    private static boolean isTrailers(Bytes out, int from) {
        return out.length() - from == TRAILERS.length
                && Octets.equalsFolded(out.array(), from, TRAILERS, 0, TRAILERS.length);
    }

    /** Writes the fields of the client's request that pass. */
    protected final void pass(Fields fields, RequestHeaders headers, RequestBlock to) {
        named.mark(fields);
        for (int i = 0; i < fields.size(); i++) {
            if (!fields.isRemoved(i) && !headers.replaced().contains(fields, i) && !named.has(i)) {
                to.field(fields, i);
            }
        }
    }

    // ---- the request

    @Override
    public final boolean writeHead(Bytes out) {
        ClientSession on = session();
        int stream = on.beginStream(out, limits().bufferSize());
        block.begin(out);
        boolean written = writeFields(block, out);
        block.end(stream, !hasBody);
        response.start(on, limits(), answersHead());
        inBody = false;
        return written;
    }

    @Override
    public final void beginPart(Bytes out, int length) {
        throw new IllegalStateException("parts go in frames");
    }

    @Override
    public final void endPart(Bytes out, int length, boolean last) {
        throw new IllegalStateException("parts go in frames");
    }

    // ---- the response

    @Override
    public final Result readHead(ByteBuf in) {
        Result result = response.readHead(in);
        endedByHead = result == Result.HEAD && response.isOver();
        return result;
    }

    @Override
    public final Fault refusal() {
        String complaint = response.complaint();
        if (inBody) {
            return new Fault(FaultKind.BODY_INVALID, complaint + Fault.READING);
        }
        return new Fault(
                complaint.startsWith("upstream sent too large http2 header")
                        ? FaultKind.HEAD_TOO_BIG
                        : FaultKind.INVALID_HEAD,
                complaint + Fault.READING_HEAD);
    }

    @Override
    public final int status() {
        return response.status();
    }

    @Override
    public final Fields fields() {
        return response.fields();
    }

    @Override
    public final @Nullable String reason() {
        return null;
    }

    /** nginx: of a stream that ended with its head, the length is known. */
    @Override
    public final long contentLength() {
        boolean isEmpty = endedByHead && !answersHead() && !Status.isBodyless(response.status());
        return isEmpty ? 0 : response.contentLength();
    }

    @Override
    public final boolean isUpgrade() {
        return false;
    }

    @Override
    public final ContentEvent readBody(ByteBuf in) {
        inBody = true;
        return response.readBody(in);
    }

    @Override
    public final int dataOffset() {
        return response.dataOffset();
    }

    @Override
    public final int dataLength() {
        return response.dataLength();
    }

    @Override
    public final boolean isBodyEnded() {
        return response.isOver();
    }

    @Override
    public final boolean isBodyEndedByClose() {
        return false;
    }

    @Override
    public final Fields trailers() {
        return response.trailers();
    }

    @Override
    public final boolean readRest(ByteBuf in) {
        return session().next(in) == ClientSession.Event.MORE;
    }

    @Override
    public final boolean keepsAlive() {
        return session().isReusable();
    }

    @Override
    public void clear() {
        session = null;
        response.clear();
    }
}
