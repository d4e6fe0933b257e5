package io.frontdesk.engine.http2;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.codec.http.HttpVersion;
import io.frontdesk.codec.http1.Refusal;
import io.frontdesk.codec.http1.RequestAssembler;
import io.frontdesk.codec.http1.RequestHead;
import io.frontdesk.codec.http1.RequestLimits;
import io.frontdesk.codec.http2.ConnectionError;
import io.frontdesk.codec.http2.ErrorCode;
import io.frontdesk.codec.http2.FrameListener;
import io.frontdesk.codec.http2.FrameType;
import io.frontdesk.codec.http2.FrameWriter;
import io.frontdesk.codec.http2.HeaderBlockReader;
import io.frontdesk.codec.http2.SettingId;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.client.ConnectionPlan;
import io.frontdesk.engine.client.RequestStart;
import io.frontdesk.engine.client.ServerChoice;
import io.frontdesk.engine.core.CoreSettings;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.plan.ServerPlan;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.PhaseRunner;
import io.frontdesk.engine.worker.Worker;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Acts on the frames of a client's connection, and refuses what breaks a rule or costs too much. Owned by its connection; loop only. */
final class Http2Frames implements FrameListener {
    /** What a block may have before it is decoded, whatever the configuration says of the list that it decodes to. */
    private static final int LEAST_MAX_BLOCK = 32 * 1024;
    /** nginx: so many bytes more than eight times those of content are a flood. */
    private static final long FLOOD_BYTES = 1 << 20;

    private enum Heading {
        /** A request. */
        REQUEST,
        /** The end of a request's content. */
        TRAILERS,
        /** A stream that is refused: the block is read for the sake of the table. */
        REFUSED,
        /** A stream that nobody answers any more. */
        IGNORED
    }

    private final Http2Connection connection;
    private final Http2Output output;
    private final Worker worker;
    private final ConnectionPlan plan;
    private final ServerChoice servers;
    private final Glitches glitches;
    private final Exchange idle;
    private final HeaderBlockReader blocks = new HeaderBlockReader();
    private final RequestAssembler assembler = new RequestAssembler();
    private final RequestHead unused = new RequestHead();
    private final TrailerFields trailers = new TrailerFields();
    private Heading heading = Heading.IGNORED;
    private int refusalCode;
    private @Nullable Http2Stream dataStream;
    private long windowOfStreams = FrameType.DEFAULT_WINDOW;
    /** What the client may still send on the connection. */
    private long window = FrameType.LARGEST_WINDOW;
    private int lastStream;
    private int streamBefore;
    /** The stream whose head is being read, or 0. */
    private int headStream;
    private int newStreams;
    private int refusedStreams;
    private boolean settingsAcknowledged;
    private long totalBytes;
    private long payloadBytes;
    private long startMillis;
    private long windowDelta;

    Http2Frames(Http2Connection connection, Worker worker, ConnectionPlan plan, ServerChoice servers,
            Glitches glitches, Exchange idle) {
        this.idle = idle;
        this.connection = connection;
        this.output = connection.output();
        this.worker = worker;
        this.plan = plan;
        this.servers = servers;
        this.glitches = glitches;
    }

    int maxBlock() {
        RequestLimits limits = plan.listen().defaultServer().settings().requestLimits();
        return Math.max(LEAST_MAX_BLOCK, limits.largeBufferCount() * limits.largeBufferSize());
    }

    /** The last stream that was taken. */
    int lastStream() {
        return lastStream;
    }

    /** Bytes come. */
    void pass(int bytes) {
        totalBytes += bytes;
        newStreams = 0;
    }

    /** Content went out. */
    void pay(int bytes) {
        payloadBytes += bytes;
    }

    /** Whether what came so far is too much of a nuisance. */
    @Nullable
    ConnectionError judge() {
        if (glitches.isTooMuch() || (totalBytes + output.frameBytes()) / 8 > payloadBytes + FLOOD_BYTES) {
            return flood();
        }
        return null;
    }

    private static ConnectionError flood() {
        return new ConnectionError(ErrorCode.ENHANCE_YOUR_CALM, "sent too much for nothing: http2 flood detected");
    }

    private @Nullable ConnectionError idleFrame() {
        glitches.idleFrame();
        return glitches.isTooMuch() ? flood() : null;
    }

    // ---- content

    @Override
    public @Nullable ConnectionError dataBegins(int id, int length, boolean last) {
        if (length > window) {
            return new ConnectionError(ErrorCode.FLOW_CONTROL_ERROR,
                    "violated connection flow control: received DATA frame length " + length + ", available window "
                            + window);
        }
        window -= length;
        if (window < FrameType.LARGEST_WINDOW / 4) {
            FrameWriter.windowUpdate(output.control(), 0, (int) (FrameType.LARGEST_WINDOW - window));
            window = FrameType.LARGEST_WINDOW;
        }
        dataStream = null;
        Http2Stream stream = connection.streams().find(id);
        if (stream == null) {
            return dataForNone(id);
        }
        if (!stream.body().takes(length)) {
            glitches.streamWasted();
            stream.body().logViolation(length);
            stream.gone();
            return null;
        }
        if (stream.body().hasInputEnded()) {
            stream.exchange().log(Severity.INFO, "client sent DATA frame for half-closed stream " + id);
            breakStream(stream, ErrorCode.STREAM_CLOSED);
            return null;
        }
        if (length == 0 && !last) {
            return idleFrame();
        }
        dataStream = stream;
        return null;
    }

    private @Nullable ConnectionError dataForNone(int id) {
        if (isIdle(id)) {
            // RFC 9113 §5.1
            return new ConnectionError(ErrorCode.PROTOCOL_ERROR, "sent DATA frame for idle stream " + id);
        }
        if (connection.streams().wasEndedByClient(id)) {
            connection.writeReset(id, ErrorCode.STREAM_CLOSED);
            glitches.streamWasted();
        }
        return idleFrame();
    }

    /** Whether no stream of this number was ever begun. */
    private boolean isIdle(int id) {
        return (id & 1) == 0 || id > lastStream;
    }

    private void breakStream(Http2Stream stream, int code) {
        // CVE-2025-8671: what the client makes us reset counts as if it had done so by itself
        glitches.streamWasted();
        stream.body().inputEnds();
        stream.resetBy(code);
        stream.gone();
    }

    @Override
    public @Nullable ConnectionError data(int id, ByteBuf in, int length) {
        Http2Stream stream = dataStream;
        if (stream != null) {
            payloadBytes += length;
            stream.body().receive(in, length);
        }
        return null;
    }

    @Override
    public @Nullable ConnectionError dataEnds(int id, boolean last) {
        Http2Stream stream = dataStream;
        dataStream = null;
        if (stream != null) {
            stream.body().frameEnds(last, null);
            if (!last) {
                glitches.frameOfUse(1);
            }
        } else if (last) {
            Http2Stream cut = connection.streams().find(id);
            if (cut != null) {
                cut.body().inputEnds();
            }
            connection.lateResets().drop(id);
        }
        return null;
    }

    // ---- heads

    @Override
    public @Nullable ConnectionError headersBegin(int id, boolean last) {
        heading = Heading.IGNORED;
        Http2Stream stream = connection.streams().find(id);
        if (stream != null) {
            return againBegin(stream, last);
        }
        if ((id & 1) == 0 || id <= lastStream) {
            if (connection.streams().wasThere(id)) {
                return new ConnectionError(ErrorCode.STREAM_CLOSED, "sent HEADERS frame for closed stream " + id);
            }
            return new ConnectionError(ErrorCode.PROTOCOL_ERROR,
                    "sent HEADERS frame with incorrect identifier " + id + ", the last was " + lastStream);
        }
        if (!connection.takesStreams()) {
            // RFC 9113 §6.8: above the last stream that GOAWAY named
            return null;
        }
        streamBefore = lastStream;
        lastStream = id;
        Http2Settings settings = Http2Settings.of(plan.listen().defaultServer());
        int running = connection.streams().size();
        if (running >= settings.maxStreams()) {
            return refuse("concurrent streams exceeded " + running, settings);
        }
        if (newStreams++ >= 2 * settings.maxStreams()) {
            return refuse("client sent too many streams at once", settings);
        }
        if (!settingsAcknowledged && !last && settings.prereadBytes() < FrameType.DEFAULT_WINDOW) {
            return refuse("client sent stream with data before settings were acknowledged", settings);
        }
        if (worker.isMemoryTight()) {
            return refuse("no memory for another stream", settings);
        }
        heading = Heading.REQUEST;
        headStream = id;
        startMillis = worker.clock().millis();
        return null;
    }

    private @Nullable ConnectionError againBegin(Http2Stream stream, boolean last) {
        if (stream.body().hasInputEnded()) {
            stream.exchange().log(Severity.INFO, "client sent HEADERS frame for half-closed stream " + stream.id());
            refusalCode = ErrorCode.STREAM_CLOSED;
            heading = Heading.REFUSED;
            glitches.streamWasted();
            return null;
        }
        if (!last) {
            refusalCode = ErrorCode.PROTOCOL_ERROR;
            heading = Heading.REFUSED;
            glitches.streamWasted();
            return null;
        }
        heading = Heading.TRAILERS;
        return null;
    }

    private @Nullable ConnectionError refuse(String why, Http2Settings settings) {
        plan.log(Severity.INFO, FaultKind.BAD_REQUEST, why + " while processing HTTP/2 connection");
        heading = Heading.REFUSED;
        refusalCode = ErrorCode.REFUSED_STREAM;
        if (refusedStreams++ > Math.max(settings.maxStreams(), 100)) {
            return new ConnectionError(ErrorCode.ENHANCE_YOUR_CALM, "sent too many refused streams");
        }
        return null;
    }

    @Override
    public void headersIncomplete() {
        connection.headIncomplete();
    }

    @Override
    public @Nullable ConnectionError headers(int id, Bytes block, boolean last) {
        connection.headComplete();
        payloadBytes += heading == Heading.REQUEST ? block.length() : 0;
        headStream = 0;
        ConnectionError error = switch (heading) {
            case REQUEST -> request(id, block, last);
            case TRAILERS -> trailers(id, block);
            case REFUSED -> refused(id, block);
            case IGNORED -> read(block, unused);
        };
        connection.headDone();
        return error;
    }

    /** The time for a head is over: gives up the stream whose head did not come whole; false when there is none. */
    boolean cutHead() {
        if (headStream == 0) {
            return false;
        }
        plan.log(Severity.INFO, FaultKind.CLIENT_TIMEOUT,
                "client timed out (110: Connection timed out) while reading client request headers");
        connection.writeReset(headStream, ErrorCode.PROTOCOL_ERROR);
        glitches.streamWasted();
        headStream = 0;
        heading = Heading.IGNORED;
        return true;
    }

    private @Nullable ConnectionError read(Bytes block, RequestHead into) {
        assembler.start(into, servers.usual(idle).settings().requestLimits(), HttpVersion.HTTP_2);
        ConnectionError error = blocks.read(block, assembler::field);
        if (error == null && assembler.isTooLarge()) {
            error = new ConnectionError(ErrorCode.ENHANCE_YOUR_CALM, "sent too large header");
        }
        return error;
    }

    private @Nullable ConnectionError refused(int id, Bytes block) {
        ConnectionError error = read(block, unused);
        if (error != null) {
            return error;
        }
        Http2Stream stream = connection.streams().find(id);
        if (stream == null) {
            connection.writeReset(id, refusalCode);
        } else {
            stream.body().inputEnds();
            stream.resetBy(refusalCode);
            stream.gone();
        }
        return null;
    }

    private @Nullable ConnectionError trailers(int id, Bytes block) {
        trailers.clear();
        ConnectionError error = blocks.read(block, trailers);
        Http2Stream stream = connection.streams().find(id);
        if (error != null || stream == null) {
            return error;
        }
        if (trailers.isBroken()) {
            stream.exchange().log(Severity.INFO, "client sent invalid trailers");
            breakStream(stream, ErrorCode.PROTOCOL_ERROR);
            return null;
        }
        Fields fields = new Fields();
        for (int i = 0; i < trailers.fields().size(); i++) {
            fields.add(trailers.fields(), i);
        }
        stream.body().frameEnds(true, fields);
        return null;
    }

    private @Nullable ConnectionError request(int id, Bytes block, boolean last) {
        if (!connection.renews()) {
            return new ConnectionError(ErrorCode.INTERNAL_ERROR, "came to an address that is gone");
        }
        Http2Settings settings = Http2Settings.of(plan.listen().defaultServer());
        Http2Stream stream = connection.makeStream(id, windowOfStreams);
        stream.body().open(settings.prereadBytes(), last);
        limitKeepAlive();
        ConnectionError error = read(block, stream.head());
        if (error != null) {
            stream.forget();
            connection.streamOver(stream, false);
            return error;
        }
        Refusal refusal = assembler.finish(block.length(), !last);
        Exchange ex = stream.exchange();
        if (refusal != null) {
            refuse(stream, refusal);
            return null;
        }
        ServerPlan server = servers.choose(ex, stream.head().host());
        stream.begin(plan.snapshot(), server, startMillis);
        ex.uri().begin(stream.head());
        stream.body().begin(stream.head().hasContent());
        if (!Http2Settings.allows(plan.listen(), server)) {
            ex.log(Severity.INFO, "client attempted to request the server name for which the negotiated protocol is "
                    + "disabled");
            PhaseRunner.refuse(ex, 421);
            return null;
        }
        RequestStart.run(ex, servers);
        return null;
    }

    private void refuse(Http2Stream stream, Refusal refusal) {
        Exchange ex = stream.exchange();
        stream.begin(plan.snapshot(), servers.usual(ex), startMillis);
        stream.body().begin(false);
        if (stream.head().rawPathOffset() >= 0 && stream.head().pathLength() > 0) {
            ex.uri().begin(stream.head());
        } else {
            ex.uri().path("");
            ex.uri().args("");
        }
        if (refusal.status() == 400) {
            stream.markMalformed();
            glitches.streamWasted();
        }
        RequestStart.refuse(ex, refusal.status(), refusal.reason());
    }

    private void limitKeepAlive() {
        CoreSettings core = connection.core();
        if (core.keepAliveTimeoutMillis() == 0 || connection.requestCount() >= core.keepAliveRequests()
                || worker.clock().millis() - connection.ends().startMillis() > core.keepAliveTimeMillis()
                || worker.isQuitting()) {
            connection.goAway();
        }
    }

    // ---- the rest

    @Override
    public @Nullable ConnectionError priority(int id, int dependency, boolean exclusive, int weight,
            boolean withinHeaders) {
        if (dependency == id) {
            // RFC 9113 leaves it to us what advice means; nginx refuses this
            lastStream = withinHeaders && id == lastStream ? streamBefore : lastStream;
            return new ConnectionError(ErrorCode.PROTOCOL_ERROR, "sent " + (withinHeaders ? "HEADERS" : "PRIORITY")
                    + " frame for stream " + id + " with incorrect dependency");
        }
        return withinHeaders ? null : idleFrame();
    }

    @Override
    public @Nullable ConnectionError reset(int id, int code) {
        Http2Stream stream = connection.streams().find(id);
        if (stream == null) {
            connection.lateResets().drop(id);
            return isIdle(id)
                    ? new ConnectionError(ErrorCode.PROTOCOL_ERROR, "sent RST_STREAM frame for idle stream " + id)
                    : idleFrame();
        }
        stream.exchange().log(Severity.INFO, switch (code) {
            case ErrorCode.CANCEL -> "client canceled stream " + id;
            case ErrorCode.INTERNAL_ERROR -> "client terminated stream " + id + " due to internal error";
            default -> "client terminated stream " + id + " with status " + Integer.toUnsignedString(code);
        });
        if (!stream.exchange().response().headSent()) {
            glitches.streamWasted();
        }
        stream.resetByClient();
        return glitches.isTooMuch() ? flood() : null;
    }

    @Override
    public @Nullable ConnectionError setting(int id, long value) {
        switch (id) {
            case SettingId.INITIAL_WINDOW_SIZE -> {
                if (value > FrameType.LARGEST_WINDOW) {
                    return badSetting("INITIAL_WINDOW_SIZE", value, ErrorCode.FLOW_CONTROL_ERROR);
                }
                windowDelta = value - windowOfStreams;
            }
            case SettingId.MAX_FRAME_SIZE -> {
                if (value > FrameType.LARGEST_MAX_FRAME || value < FrameType.DEFAULT_MAX_FRAME) {
                    return badSetting("MAX_FRAME_SIZE", value, ErrorCode.PROTOCOL_ERROR);
                }
                output.maxFrame((int) value);
            }
            case SettingId.ENABLE_PUSH -> {
                if (value > 1) {
                    return badSetting("ENABLE_PUSH", value, ErrorCode.PROTOCOL_ERROR);
                }
            }
            case SettingId.HEADER_TABLE_SIZE -> output.blocks().tableLimit(value);
            default -> {
                // CVE-2026-50560: the largest list is advice, and advice that cannot be kept is no reason to fail
            }
        }
        return null;
    }

    private static ConnectionError badSetting(String name, long value, int code) {
        return new ConnectionError(code, "sent SETTINGS frame with incorrect " + name + " value " + value);
    }

    @Override
    public @Nullable ConnectionError settingsEnd() {
        FrameWriter.settingsAck(output.control());
        long delta = windowDelta;
        windowDelta = 0;
        if (delta != 0) {
            windowOfStreams += delta;
            connection.streams().forEach(stream -> {
                if (!stream.widen(delta)) {
                    breakStream(stream, ErrorCode.FLOW_CONTROL_ERROR);
                }
            });
        }
        return idleFrame();
    }

    @Override
    public @Nullable ConnectionError settingsAcknowledged() {
        settingsAcknowledged = true;
        return idleFrame();
    }

    @Override
    public @Nullable ConnectionError ping(long opaque, boolean acknowledges) {
        if (acknowledges) {
            connection.pingAnswered(opaque);
            return idleFrame();
        }
        FrameWriter.ping(output.control(), opaque, true);
        return idleFrame();
    }

    @Override
    public @Nullable ConnectionError goAway(int last, int code) {
        return idleFrame();
    }

    @Override
    public @Nullable ConnectionError windowUpdate(int id, int increment) {
        if (increment == 0) {
            return zeroIncrement();
        }
        if (id == 0) {
            if (!output.widen(increment)) {
                return new ConnectionError(ErrorCode.FLOW_CONTROL_ERROR,
                        "violated connection flow control: received WINDOW_UPDATE frame with window increment "
                                + increment + " not allowed for window " + output.window());
            }
            return idleFrame();
        }
        Http2Stream stream = connection.streams().find(id);
        if (stream == null) {
            return isIdle(id)
                    ? new ConnectionError(ErrorCode.PROTOCOL_ERROR, "sent WINDOW_UPDATE frame for idle stream " + id)
                    : idleFrame();
        }
        if (!stream.widen(increment)) {
            stream.exchange().log(Severity.INFO, "client violated flow control for stream " + id
                    + ": received WINDOW_UPDATE frame with window increment " + increment);
            breakStream(stream, ErrorCode.FLOW_CONTROL_ERROR);
        }
        return idleFrame();
    }

    private static ConnectionError zeroIncrement() {
        return new ConnectionError(ErrorCode.PROTOCOL_ERROR,
                "sent WINDOW_UPDATE frame with incorrect window increment 0");
    }

    @Override
    public @Nullable ConnectionError unknown(int type) {
        plan.log(Severity.INFO, FaultKind.BAD_REQUEST,
                "client sent frame with unknown type " + type + " while processing HTTP/2 connection");
        return idleFrame();
    }
}
