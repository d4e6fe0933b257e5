package io.frontdesk.engine.http2;

import io.frontdesk.codec.http2.ConnectionError;
import io.frontdesk.codec.http2.ErrorCode;
import io.frontdesk.codec.http2.FrameReader;
import io.frontdesk.codec.http2.FrameType;
import io.frontdesk.codec.http2.FrameWriter;
import io.frontdesk.codec.http2.SettingId;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.client.ClientAddress;
import io.frontdesk.engine.client.ClientProtocol;
import io.frontdesk.engine.client.ConnectionPlan;
import io.frontdesk.engine.client.Lingering;
import io.frontdesk.engine.client.ServerChoice;
import io.frontdesk.engine.client.TlsEntrance;
import io.frontdesk.engine.core.CoreSettings;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.log.BugLine;
import io.frontdesk.engine.plan.ListenPlan;
import io.frontdesk.engine.plan.ServerPlan;
import io.frontdesk.engine.plan.Snapshot;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.worker.ConnectionList;
import io.frontdesk.engine.worker.ListedConnection;
import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.OutOfMemory;
import io.frontdesk.net.loop.Deadline;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A client's HTTP/2 connection: its life from the preface to GOAWAY. {@link Http2Frames} acts on what comes, {@link Http2Output} has what
 * goes. Takes over a connection that was accepted and, where there is TLS, greeted. Belongs to one loop for life.
 */
public final class Http2Connection extends ListedConnection implements ClientProtocol {
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    /** What a client may put into one frame. */
    private static final int MAX_FRAME_BYTES = FrameType.DEFAULT_MAX_FRAME;
    private static final int KEPT_STREAMS = 8;
    /** How long a client that was told to go may take to hear it: a PING comes back, or this is over. */
    private static final long GOODBYE_MILLIS = 1000;
    private static final long GOODBYE = 0x676f6f6462796521L;

    private enum State {
        /** The preface has not come whole. */
        PREFACE,
        /** Frames come and go. */
        OPEN,
        /** Our side is shut; what still comes is thrown away. */
        LINGERING,
        /** Over. */
        CLOSED
    }

    private enum Leaving {
        /** Streams may come. */
        NO,
        /** The client was told that we will go; streams that it began before it heard so are taken. */
        ANNOUNCED,
        /** The client knows the last stream that is taken. */
        SAID
    }

    private final Worker worker;
    private final Channel channel;
    private final ConnectionPlan plan;
    private final ClientAddress address;
    private final ServerChoice servers;
    private final @Nullable TlsEntrance tls;
    private final Http2Output output;
    private final Http2Frames frames;
    private final FrameReader reader;
    private final StreamTable streams = new StreamTable();
    private final ArrayDeque<Http2Stream> free = new ArrayDeque<>(2);
    private final Glitches glitches;
    private final Deadline deadline;
    private final Deadline goodbye;
    private final Lingering lingering;
    private final LateResets lateResets;
    private State state = State.PREFACE;
    private Leaving leaving = Leaving.NO;
    private int prefaceBytes;
    private int requests;
    private boolean reading;
    private boolean inputEnded;
    private boolean firstStreamCame;

    private Http2Connection(Worker worker, Channel channel, ConnectionPlan plan, ClientAddress address,
            ServerChoice servers, @Nullable TlsEntrance tls, Exchange idle) {
        this.worker = worker;
        this.channel = channel;
        this.plan = plan;
        this.address = address;
        this.servers = servers;
        this.tls = tls;
        this.output = new Http2Output(this, worker, channel);
        this.glitches = new Glitches(worker.clock());
        this.frames = new Http2Frames(this, worker, plan, servers, glitches, idle);
        this.reader = new FrameReader(frames, MAX_FRAME_BYTES, frames.maxBlock());
        this.deadline = new Deadline(worker.wheel(), d -> guarded(this::timedOut));
        this.goodbye = new Deadline(worker.wheel(), d -> guarded(this::sayGoodbye));
        this.lingering = new Lingering(worker, channel, deadline);
        this.lateResets = new LateResets(output, worker);
    }

    /**
     * Takes a connection over from the protocol that it began with; the preface comes next.
     *
     * @param idle   an exchange without a request, for names that are expressions
     * @param before the handler of that protocol
     */
    public static void take(Worker worker, Channel channel, ConnectionPlan plan, ClientAddress address,
            ServerChoice servers, @Nullable TlsEntrance tls, Exchange idle, Class<? extends ChannelHandler> before) {
        Http2Connection connection = new Http2Connection(worker, channel, plan, address, servers, tls, idle);
        address.attach(plan, connection);
        channel.pipeline().replace(before, null, new Http2Input(connection));
        connection.open();
    }

    private void open() {
        worker.idle().add(this);
        Http2Settings settings = Http2Settings.of(plan.listen().defaultServer());
        // nginx: the same but for the size of frames, and a window for the connection that never stops the client
        output.settings(SettingId.MAX_CONCURRENT_STREAMS, settings.maxStreams(), SettingId.INITIAL_WINDOW_SIZE,
                settings.prereadBytes(), SettingId.MAX_FRAME_SIZE, MAX_FRAME_BYTES);
        FrameWriter.windowUpdate(output.control(), 0, FrameType.LARGEST_WINDOW - FrameType.DEFAULT_WINDOW);
        long passed = worker.clock().millis() - address.startMillis();
        deadline.arm(Math.max(1, plan.listen().defaultServer().settings().clientHeaderTimeoutMillis() - passed));
        if (worker.isQuitting()) {
            leaveNow(ErrorCode.NO_ERROR);
        }
    }

    Http2Output output() {
        return output;
    }

    StreamTable streams() {
        return streams;
    }

    ClientAddress ends() {
        return address;
    }

    /** The settings for what belongs to no request. */
    CoreSettings core() {
        return plan.listen().defaultServer().root().core();
    }

    /** Whether input is being worked through, so that what is written goes out when that is done. */
    boolean isReading() {
        return reading;
    }

    @Override
    public int requestCount() {
        return requests;
    }

    @Override
    public boolean isPipelined() {
        return false;
    }

    // ---- input

    /** Takes bytes from the socket. */
    void takeInput(ByteBuf in) {
        reading = true;
        try {
            switch (state) {
                case PREFACE -> {
                    if (readPreface(in)) {
                        read(in);
                    }
                }
                case OPEN -> read(in);
                case LINGERING -> {
                    if (!lingering.goesOn(core())) {
                        closeNow();
                    }
                }
                case CLOSED -> {
                }
            }
        } finally {
            reading = false;
            in.release();
        }
    }

    private boolean readPreface(ByteBuf in) {
        while (prefaceBytes < PREFACE.length && in.isReadable()) {
            if (in.readByte() != PREFACE[prefaceBytes++]) {
                fail(new ConnectionError(ErrorCode.PROTOCOL_ERROR, "invalid connection preface"), "");
                return false;
            }
        }
        if (prefaceBytes < PREFACE.length) {
            return false;
        }
        state = State.OPEN;
        return true;
    }

    private void read(ByteBuf in) {
        frames.pass(in.readableBytes());
        ConnectionError error = reader.read(in);
        if (error == null && state == State.OPEN) {
            error = frames.judge();
        }
        if (error != null) {
            fail(error, "client ");
        }
    }

    /** No more bytes are at hand for now. */
    void inputComplete() {
        output.flush();
        limitInput();
    }

    /** Who does not read what we write is not read from: answers to frames take memory too. */
    private void limitInput() {
        if (state != State.CLOSED) {
            channel.config().setAutoRead(state == State.LINGERING || !output.isClogged());
        }
    }

    /** The socket has room again, or is full. */
    void writabilityChanged() {
        if (state == State.CLOSED) {
            return;
        }
        limitInput();
        if (output.isWritable()) {
            output.pump();
            output.flushLater();
        }
    }

    /** The client sent its FIN. */
    void inputEnded() {
        if (state == State.LINGERING || state == State.CLOSED) {
            closeNow();
            return;
        }
        inputEnded = true;
        if (streams.size() > 0 || !reader.isBetweenFrames()) {
            plan.log(Severity.INFO, FaultKind.CLIENT_CLOSED, "client prematurely closed connection");
        }
        // nginx: half of a connection is none
        closeNow();
    }

    @Override
    public void tlsEnded() {
        inputEnded();
    }

    // ---- streams

    /** An object for a new stream. */
    Http2Stream makeStream(int id, long window) {
        Http2Stream stream = free.poll();
        if (stream == null) {
            stream = new Http2Stream(this, worker);
        }
        stream.open(id, window, ++requests, plan.snapshot());
        if (streams.size() == 0) {
            worker.busy().add(this);
        }
        firstStreamCame = true;
        streams.add(stream);
        return stream;
    }

    /** The head of a stream was read whole. */
    void headComplete() {
        deadline.disarm();
    }

    /** What the head led to is done: if that is nothing, the time of an idle connection runs again. */
    void headDone() {
        if (streams.size() == 0 && state == State.OPEN && !deadline.armed()) {
            deadline.arm(core().keepAliveTimeoutMillis());
        }
    }

    /** A part of a head came, and not all of it. */
    void headIncomplete() {
        if (!deadline.armed()) {
            deadline.arm(plan.listen().defaultServer().settings().clientHeaderTimeoutMillis());
        }
    }

    /** A stream is over: its object may be used again. */
    void streamOver(Http2Stream stream, boolean answered) {
        if (answered) {
            glitches.streamAnswered();
        }
        streams.remove(stream);
        if (free.size() < KEPT_STREAMS && state != State.CLOSED) {
            free.add(stream);
        } else {
            stream.close();
        }
        if (streams.size() == 0 && state == State.OPEN) {
            becameIdle();
        }
    }

    private void becameIdle() {
        worker.idle().add(this);
        if (leaving == Leaving.SAID || worker.isQuitting()) {
            worker.loop().execute(() -> {
                if (streams.size() == 0 && state == State.OPEN) {
                    leaveNow(ErrorCode.NO_ERROR);
                }
            });
        } else if (!deadline.armed()) {
            deadline.arm(core().keepAliveTimeoutMillis());
        }
    }

    /** Writes RST_STREAM. */
    void writeReset(int stream, int code) {
        FrameWriter.reset(output.control(), stream, code);
    }

    /** Streams whose answer was complete before the request was. */
    LateResets lateResets() {
        return lateResets;
    }

    /** Content went out. */
    void countSent(int length, boolean last) {
        if (last || length >= 256) {
            glitches.frameOfUse(2);
        }
        frames.pay(length);
    }

    /** Whether a stream with this number may still come in. */
    boolean takesStreams() {
        return leaving != Leaving.SAID;
    }

    /** Whether a new stream may stand on the newest configuration: if not, the client is told to go. */
    boolean renews() {
        boolean listens = plan.renew();
        TlsEntrance entrance = tls;
        if (!listens || entrance != null && !entrance.isServedBy(plan.listen())) {
            goAway();
        }
        return plan.isKnown();
    }

    // ---- the end

    /** Tells the client, without haste, that no more streams will be taken (RFC 9113 §6.8): twice, so that none is lost. */
    void goAway() {
        if (leaving == Leaving.NO && (state == State.OPEN || state == State.PREFACE)) {
            leaving = Leaving.ANNOUNCED;
            FrameWriter.goAway(output.control(), FrameType.LARGEST_WINDOW, ErrorCode.NO_ERROR);
            FrameWriter.ping(output.control(), GOODBYE, false);
            goodbye.arm(GOODBYE_MILLIS);
        }
    }

    /** A PING came back. */
    void pingAnswered(long opaque) {
        if (opaque == GOODBYE && leaving == Leaving.ANNOUNCED) {
            sayGoodbye();
        }
    }

    private void sayGoodbye() {
        if (leaving != Leaving.ANNOUNCED || state == State.CLOSED) {
            return;
        }
        goodbye.disarm();
        leaving = Leaving.SAID;
        FrameWriter.goAway(output.control(), frames.lastStream(), ErrorCode.NO_ERROR);
        if (streams.size() == 0) {
            leaveNow(ErrorCode.NO_ERROR);
        }
    }

    /** Says GOAWAY, unless that was said, and closes; streams that run are cut off. */
    private void leaveNow(int code) {
        if (state == State.CLOSED || state == State.LINGERING) {
            return;
        }
        if (leaving != Leaving.SAID) {
            leaving = Leaving.SAID;
            FrameWriter.goAway(output.control(), frames.lastStream(), code);
        }
        state = State.LINGERING;
        boolean more = !inputEnded;
        endStreams();
        lateResets.sendAll();
        output.flush();
        goodbye.release();
        if (more && Lingering.isDue(core(), true) && !worker.isQuitting()) {
            lingering.begin(core(), address.tls() != null);
        } else {
            closeNow();
        }
    }

    private void endStreams() {
        streams.forEach(stream -> {
            stream.body().inputEnds();
            stream.gone();
        });
    }

    private void fail(ConnectionError error, String who) {
        plan.log(Severity.INFO, FaultKind.BAD_REQUEST, who + error.reason() + " while processing HTTP/2 connection");
        leaveNow(error.code());
    }

    private void timedOut() {
        if (state == State.LINGERING) {
            closeNow();
            return;
        }
        if (frames.cutHead()) {
            // nginx: the stream is over, the connection has what time an idle one has
            deadline.arm(core().keepAliveTimeoutMillis());
            return;
        }
        boolean idle = streams.size() == 0 && firstStreamCame && reader.isBetweenFrames();
        if (!idle) {
            plan.log(Severity.INFO, FaultKind.CLIENT_TIMEOUT,
                    "client timed out (110: Connection timed out) while processing HTTP/2 connection");
        }
        leaveNow(idle ? ErrorCode.NO_ERROR : ErrorCode.PROTOCOL_ERROR);
    }

    /** The client took nothing for too long. */
    void sendTimedOut() {
        plan.log(Severity.INFO, FaultKind.CLIENT_TIMEOUT,
                "client timed out (110: Connection timed out) while sending to client");
        if (core().resetsTimedOut()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        closeNow();
    }

    void guarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error bug) {
            failed(bug);
        }
    }

    /** The client reset the connection. */
    void peerReset() {
        if (streams.size() > 0) {
            plan.log(Severity.INFO, FaultKind.CLIENT_CLOSED,
                    "recv() failed (104: Connection reset by peer) while processing HTTP/2 connection");
        }
        closeNow();
    }

    /** Something failed on the socket, or a bug of ours came up: the connection ends, once with a line. */
    void failed(Throwable cause) {
        if (cause instanceof IOException) {
            if (streams.size() > 0) {
                plan.log(Severity.INFO, FaultKind.CLIENT_CLOSED,
                        cause.getMessage() + " while processing HTTP/2 connection");
            }
        } else if (OutOfMemory.isOfBuffers(cause)) {
            plan.log(worker.isMemoryTight() ? Severity.INFO : Severity.CRIT, FaultKind.INTERNAL,
                    "no memory for a buffer: " + cause.getMessage());
        } else {
            OutOfMemory.check(cause);
            plan.log(Severity.ALERT, FaultKind.BUG, BugLine.of(cause));
        }
        closeNow();
    }

    @Override
    public void closeGracefully() {
        if (state == State.LINGERING) {
            closeNow();
        } else if (state == State.CLOSED) {
            return;
        } else if (streams.size() == 0) {
            leaveNow(ErrorCode.NO_ERROR);
        } else {
            goAway();
        }
    }

    @Override
    public boolean isFresh() {
        // nginx: an HTTP/2 connection is idle from its preface on, and told to go.
        return false;
    }

    @Override
    public boolean isServedBy(Snapshot newer) {
        ListenPlan listen = plan.on(newer);
        TlsEntrance entrance = tls;
        if (listen == null || listen.tls() != (entrance != null)) {
            return false;
        }
        ServerPlan usual = listen.defaultServer();
        if (entrance == null) {
            return Http2Settings.allows(listen, usual);
        }
        return streams.size() > 0 || entrance.isServedBy(listen);
    }

    @Override
    public void reloaded(Snapshot newest) {
        if (plan.on(newest) == null) {
            // Streams may come until the client has heard that it shall go.
            plan.stayBehind();
        } else {
            plan.renew();
        }
        super.reloaded(newest);
    }

    @Override
    public boolean runsOn(Snapshot older) {
        return plan.isOn(older);
    }

    @Override
    public void closeNow() {
        if (state != State.CLOSED) {
            output.flush();
            channel.close();
        }
    }

    /** The socket is gone: ends what runs. */
    void closed() {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        worker.counts().close();
        deadline.release();
        goodbye.release();
        lateResets.close();
        ConnectionList.remove(this);
        output.close();
        endStreams();
        plan.leave();
        Http2Stream stream;
        while ((stream = free.poll()) != null) {
            stream.close();
        }
    }
}
