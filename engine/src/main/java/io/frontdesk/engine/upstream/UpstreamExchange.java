package io.frontdesk.engine.upstream;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http1.ContentEvent;
import io.frontdesk.codec.http1.Result;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.request.ContentState;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Outcome;
import io.frontdesk.engine.request.RequestBody;
import io.frontdesk.engine.request.UpstreamContext;
import io.frontdesk.engine.response.ErrorPages;
import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.Errno;
import io.frontdesk.net.connect.ConnectAttempt;
import io.frontdesk.net.connect.ConnectFault;
import io.frontdesk.net.connect.Connector;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way to an upstream and the response on its way back, as a visible state machine. What it keeps of the response's head
 * stays readable until the request is over, internal redirects included. Made by {@link LoopUpstreams} and reused; loop only.
 */
public final class UpstreamExchange
        implements
            ContentState,
            UpstreamContext,
            UpstreamUser,
            Connector.Outcome,
            RequestBody.Whole {
    /** Where it stands. */
    public enum State {
        /** It waits for the next request. */
        SPARE,
        /** The request's body is read. */
        READING_BODY,
        /** The addresses of a name are asked for. */
        RESOLVING,
        /** A peer is chosen. */
        CHOOSING,
        /** A connection is made. */
        CONNECTING,
        /** The request is sent; a head may come all the same. */
        SENDING,
        /** The request is out. */
        AWAITING_HEAD,
        /** The body passes on to the client. */
        RELAYING,
        /** Bytes go both ways. */
        TUNNEL,
        /** The client is gone, and the upstream shall finish regardless. */
        ORPHANED,
        /** The upstream is done with; what is left is between us and the client. */
        DONE,
        /** It came to nothing. */
        FAILED
    }

    private final Worker worker;
    private final LoopUpstreams upstreams;
    private final Class<?> protocolClass;
    private final UpstreamCodec codec;
    private final Choice choice = new Choice();
    private final Attempts attempts = new Attempts();
    private final RequestSender sender;
    private final ResponseRelay relay;
    private final NameLookup lookup;
    private State state = State.SPARE;
    private @Nullable Exchange exchange;
    private @Nullable UpstreamSettings settings;
    private @Nullable UpstreamProtocol protocol;
    private @Nullable Upstream upstream;
    private @Nullable UpstreamConnection connection;
    private @Nullable ConnectAttempt connecting;
    private @Nullable Outcome outcome;
    private @Nullable UpstreamTunnel tunnel;
    private boolean starting;
    private boolean retriesSamePeer;
    private boolean hasHead;
    private int connects;
    private long earlyHintBytes;
    private long startMillis;

    UpstreamExchange(Worker worker, LoopUpstreams upstreams, Class<?> protocolClass, UpstreamCodec codec) {
        this.worker = worker;
        this.upstreams = upstreams;
        this.protocolClass = protocolClass;
        this.codec = codec;
        this.sender = new RequestSender(this, worker);
        this.relay = new ResponseRelay(this, worker);
        this.lookup = new NameLookup(this, worker);
    }

    // ---- the beginning

    /** Starts, as the content handler of an exchange; gives what that shall return. */
    public Outcome run(Exchange ex, UpstreamProtocol by, UpstreamSettings with, Upstream to) {
        upstream = to;
        return run(ex, by, with);
    }

    /** The same for a name that the location's {@code resolver} must find. */
    public Outcome run(Exchange ex, UpstreamProtocol by, UpstreamSettings with, HostPort to) {
        lookup.set(to);
        return run(ex, by, with);
    }

    private Outcome run(Exchange ex, UpstreamProtocol by, UpstreamSettings with) {
        exchange = ex;
        protocol = by;
        settings = with;
        hasHead = false;
        earlyHintBytes = 0;
        outcome = null;
        UpstreamExchange before = ex.upstream();
        if (before != null) {
            attempts.swap(before.attempts);
            attempts.addBoundary(worker.clock().millis());
        }
        ex.upstream(this);
        ex.content(this);
        starting = true;
        state = State.READING_BODY;
        if (ex.body().isExpected() && sender.streams(ex, with)) {
            bodyReady();
        } else {
            ex.body().readWhole(this);
        }
        starting = false;
        Outcome now = outcome;
        outcome = null;
        return now == null ? Outcome.WAIT : now;
    }

    private void answer(Outcome with) {
        if (starting) {
            outcome = with;
        } else {
            exchange().resume(with);
        }
    }

    @Override
    public void bodyReady() {
        if (state != State.READING_BODY) {
            return;
        }
        int refused = codec.prepare(this);
        if (refused != 0) {
            finish(refused);
        } else if (lookup.isSet()) {
            state = State.RESOLVING;
            lookup.start(exchange());
        } else {
            begin();
        }
    }

    /** The look-up: the name stands for these addresses. */
    void found(Upstream addresses) {
        upstream = addresses;
        if (starting) {
            begin();
            return;
        }
        try {
            begin();
        } catch (RuntimeException e) {
            bug(e);
        }
    }

    /** The look-up: the name stands for nothing. */
    void notFound(Fault fault) {
        exchange().log(fault.kind().severity(), fault.message());
        finish(fault.kind().status());
    }

    private void begin() {
        startMillis = worker.clock().millis();
        choice.begin(upstream(), exchange(), settings().nextTries);
        connect();
    }

    @Override
    public void bodyFailed(int status) {
        if (state != State.FAILED && state != State.DONE) {
            finish(status);
        }
    }

    // ---- choosing and connecting

    private void connect() {
        state = State.CHOOSING;
        long now = worker.clock().millis();
        Attempt attempt = attempts.add(now);
        Peer peer = retriesSamePeer ? choice.peer() : choice.next(now);
        boolean fresh = retriesSamePeer;
        retriesSamePeer = false;
        if (peer == null) {
            attempt.peer = Bytes.of(upstream().name()).toArray();
            fail(Fault.NO_LIVE_UPSTREAMS);
            return;
        }
        attempt.peer = peer.nameBytes();
        IdlePool pool = upstreams.pool(upstream());
        UpstreamConnection idle = fresh ? null : pool.take(peer, settings());
        if (idle != null) {
            connection = idle;
            idle.use(this, settings());
            send();
            return;
        }
        open(peer, pool);
    }

    private void open(Peer peer, IdlePool pool) {
        state = State.CONNECTING;
        UpstreamConnection made = new UpstreamConnection(worker, upstreams, peer, pool);
        connection = made;
        int serial = ++connects;
        String path = peer.unixPath();
        ConnectAttempt begun = path != null
                ? upstreams.connector().connectUnix(path, settings().connecting, this)
                : upstreams.connector().connect(present(peer.socketAddress()),
                        LocalAddress.options(exchange(), settings()), this);
        // A failure that came at once may have begun another attempt already.
        if (serial == connects && state == State.CONNECTING) {
            connecting = begun;
        }
    }

    @Override
    public void prepare(Channel channel) {
        connection().attach(channel);
    }

    @Override
    public void connected(Channel channel) {
        connecting = null;
        connection().use(this, settings());
        send();
    }

    @Override
    public void failed(ConnectFault fault) {
        connecting = null;
        fail(Fault.of(fault));
    }

    // ---- the request

    private void send() {
        state = State.SENDING;
        attempts.last().connectMillis = sinceAttempt();
        if (!sender.begin(exchange(), settings(), codec, connection())) {
            finish(500);
        }
    }

    /** The sender: the whole request is with the system. */
    void requestSent() {
        if (state == State.SENDING) {
            state = State.AWAITING_HEAD;
            connection().deadline().arm(settings().readTimeoutMillis);
        }
    }

    /** The sender: the request's body can't be had. */
    void requestFailed(int status) {
        if (state == State.SENDING || state == State.AWAITING_HEAD) {
            finish(status);
        } else if (state == State.RELAYING) {
            abort();
        }
    }

    @Override
    public void writable() {
        UpstreamTunnel both = tunnel;
        if (both != null) {
            both.upstreamWritable();
        } else {
            sender.writable();
        }
    }

    // ---- the response

    @Override
    public void takeInput(ByteBuf in) {
        try {
            attempts.last().bytesReceived += in.readableBytes();
            switch (state) {
                case SENDING, AWAITING_HEAD -> readHead(in);
                case RELAYING -> relayBody(in);
                case TUNNEL -> tunnel().takeFromUpstream(in);
                case ORPHANED -> drain(in);
                default -> {
                }
            }
        } finally {
            in.release();
        }
    }

    private void readHead(ByteBuf in) {
        while (true) {
            switch (codec.readHead(in)) {
                case NEED_MORE -> {
                    if (state == State.AWAITING_HEAD) {
                        connection().deadline().arm(settings().readTimeoutMillis);
                    }
                    return;
                }
                case INTERIM -> passInterim();
                case REFUSED -> {
                    fail(codec.refusal());
                    return;
                }
                case HEAD -> {
                    takeHead(in);
                    return;
                }
            }
        }
    }

    private void passInterim() {
        if (codec.status() != 103 || !exchange().location().core().passesEarlyHints(exchange())) {
            return;
        }
        earlyHintBytes += codec.fields().bytes().length();
        if (earlyHintBytes > settings().bufferSize) {
            exchange().log(Severity.INFO, "upstream sent too big early hints" + Fault.READING_HEAD);
            return;
        }
        ResponseFields.passEarlyHints(exchange(), codec.fields(), settings());
    }

    private void takeHead(ByteBuf in) {
        Attempt attempt = attempts.last();
        attempt.status = codec.status();
        attempt.headerMillis = sinceAttempt();
        hasHead = true;
        int status = codec.status();
        if (status == 101 && !codec.isUpgrade()) {
            fail(Fault.UNEXPECTED_UPGRADE);
            return;
        }
        if (status >= 300) {
            NextCondition condition = NextCondition.ofStatus(status);
            if (condition != null && choice.tries() > 1 && mayRetry(condition)) {
                endAttempt();
                dropConnection();
                choice.giveBack(condition.isCounted(), worker.clock().millis());
                connect();
                return;
            }
            if (settings().interceptsErrors && ResponseFields.intercept(exchange(), codec)) {
                endUpstream(in);
                finish(status);
                return;
            }
        }
        Outcome jump = ResponseFields.accelRedirect(exchange(), codec, settings());
        if (jump != null) {
            endUpstream(in);
            state = State.DONE;
            answer(jump);
            return;
        }
        boolean buffering = ResponseFields.pass(exchange(), codec, settings(), protocol());
        relay.begin(exchange(), settings(), buffering);
        state = State.RELAYING;
        exchange().responder().sendHead();
        if (status == 101) {
            startTunnel(in);
        } else if (codec.isBodyEnded()) {
            endResponse(in, 0);
        } else {
            connection().deadline().arm(settings().readTimeoutMillis);
            relayBody(in);
        }
    }

    private void relayBody(ByteBuf in) {
        if (state != State.RELAYING) {
            return;
        }
        connection().deadline().arm(settings().readTimeoutMillis);
        while (true) {
            switch (codec.readBody(in)) {
                case NEED_MORE -> {
                    afterData();
                    return;
                }
                case REFUSED -> {
                    fail(codec.refusal());
                    return;
                }
                case END -> {
                    endResponse(in, 0);
                    return;
                }
                case DATA -> {
                    attempts.last().responseLength += codec.dataLength();
                    if (codec.isBodyEnded()) {
                        endResponse(in, codec.dataLength());
                        return;
                    }
                    relay.read(in, codec.dataOffset(), codec.dataLength());
                    if (state != State.RELAYING) {
                        return;
                    }
                }
            }
        }
    }

    private void afterData() {
        UpstreamConnection c = connection;
        if (c != null && relay.isFull()) {
            c.reads(false);
            c.deadline().disarm();
        }
    }

    /** The relay: there is room again. */
    void relayHasRoom() {
        UpstreamConnection c = connection;
        if (c != null && state == State.RELAYING) {
            c.deadline().arm(settings().readTimeoutMillis);
            c.reads(true);
        }
    }

    /** The relay: what waits can't be had back. */
    void relayBroken() {
        stop(false);
        abort();
    }

    /** The response has ended exactly; its last part may be at hand. */
    private void endResponse(ByteBuf in, int dataLength) {
        ResponseFields.passTrailers(exchange(), codec, settings());
        int offset = codec.dataOffset();
        endUpstream(in);
        state = State.DONE;
        relay.end(in, offset, dataLength);
    }

    /** Gives connection and peer back: the connection is kept if nothing is open on it. */
    private void endUpstream(ByteBuf in) {
        endAttempt();
        UpstreamConnection c = connection;
        connection = null;
        boolean clean = codec.isBodyEnded() && codec.keepsAlive() && sender.isDone();
        if (in.isReadable() && codec.isBodyEnded()) {
            exchange().log(Severity.WARN, "upstream sent more data than specified in the response" + Fault.READING);
            clean = false;
        }
        sender.stop();
        if (c != null) {
            c.giveBack(clean);
        }
        choice.giveBack(false, worker.clock().millis());
    }

    private void drain(ByteBuf in) {
        if (!hasHead) {
            Result result = codec.readHead(in);
            while (result == Result.INTERIM) {
                result = codec.readHead(in);
            }
            if (result == Result.NEED_MORE) {
                return;
            }
            hasHead = result == Result.HEAD;
        }
        ContentEvent event = hasHead ? codec.readBody(in) : ContentEvent.REFUSED;
        while (event == ContentEvent.DATA) {
            event = codec.readBody(in);
        }
        if (event != ContentEvent.NEED_MORE || codec.isBodyEnded()) {
            endOrphan();
        }
    }

    private void endOrphan() {
        dropConnection();
        choice.giveBack(false, worker.clock().millis());
        makeSpare();
    }

    @Override
    public void readComplete() {
        if (state == State.RELAYING && exchange != null) {
            exchange.stream().flush();
        } else if (state == State.TUNNEL) {
            tunnel().upstreamReadComplete();
        }
    }

    @Override
    public void inputEnded() {
        switch (state) {
            case SENDING, AWAITING_HEAD -> fail(Fault.CLOSED_BEFORE_HEAD);
            case RELAYING -> {
                if (codec.isBodyEndedByClose()) {
                    endAttempt();
                    dropConnection();
                    choice.giveBack(false, worker.clock().millis());
                    state = State.DONE;
                    relay.end();
                } else {
                    fail(Fault.BODY_TRUNCATED);
                }
            }
            case TUNNEL -> tunnel().upstreamEnded();
            case ORPHANED -> endOrphan();
            default -> {
            }
        }
    }

    @Override
    public void peerReset() {
        if (state == State.TUNNEL) {
            tunnel().upstreamEnded();
        }
    }

    @Override
    public void broken(Errno errno) {
        switch (state) {
            case SENDING -> fail(new Fault(FaultKind.SEND_FAILED, "send() failed " + errno + Fault.SENDING));
            case AWAITING_HEAD ->
                fail(new Fault(FaultKind.RESET_BEFORE_HEAD, "recv() failed " + errno + Fault.READING_HEAD));
            case RELAYING -> fail(new Fault(FaultKind.BODY_RESET, "recv() failed " + errno + Fault.READING));
            case TUNNEL -> tunnel().upstreamEnded();
            case ORPHANED -> endOrphan();
            default -> {
            }
        }
    }

    @Override
    public void timedOut() {
        switch (state) {
            case SENDING -> {
                if (!sender.hasProgressed()) {
                    fail(Fault.SEND_TIMEOUT);
                }
            }
            case AWAITING_HEAD -> fail(Fault.READ_TIMEOUT);
            case RELAYING -> fail(Fault.BODY_TIMEOUT);
            case TUNNEL -> tunnel().timedOut();
            case ORPHANED -> endOrphan();
            default -> {
            }
        }
    }

    @Override
    public void bug(Throwable cause) {
        Exchange ex = exchange;
        if (ex != null && !ex.isDone()) {
            stop(false);
            ErrorPages.bug(ex, cause);
        }
    }

    // ---- failure

    private void fail(Fault fault) {
        Exchange ex = exchange();
        ex.log(fault.kind().severity(), fault.message());
        Attempt attempt = attempts.last();
        if (state == State.RELAYING || ex.response().headSent()) {
            stop(false);
            abort();
            return;
        }
        attempt.status = fault.kind().status();
        endAttempt();
        NextCondition condition = fault.kind().retriedOn();
        boolean diedIdle = condition == NextCondition.ERROR && connection != null && connection.isReused()
                && attempt.bytesReceived == 0;
        boolean wasSent = state != State.CONNECTING;
        dropConnection();
        if (diedIdle && mayRetry(NextCondition.ERROR)) {
            // It ended while it was idle, for all that we know: the peer is not to blame, and gets another chance.
            retriesSamePeer = true;
            connect();
            return;
        }
        choice.giveBack(fault.kind().isCounted(), worker.clock().millis());
        if (condition != null && choice.tries() > 0 && (wasSent ? mayRetry(condition) : mayRetryUnsent(condition))) {
            connect();
            return;
        }
        finish(fault.kind().status());
    }

    private boolean mayRetry(NextCondition condition) {
        if (!settings().retriesOn(NextCondition.NON_IDEMPOTENT) && !exchange().request().method().isIdempotent()) {
            return false;
        }
        return !sender.isStreaming() && mayRetryUnsent(condition);
    }

    private boolean mayRetryUnsent(NextCondition condition) {
        long limit = settings().nextTimeoutMillis;
        return settings().retriesOn(condition) && (limit == 0 || worker.clock().millis() - startMillis < limit);
    }

    /** Answers by a status, for want of a response. */
    private void finish(int status) {
        Exchange ex = exchange();
        stop(false);
        if (ex.response().headSent()) {
            abort();
            return;
        }
        state = State.FAILED;
        answer(ex.finish(status));
    }

    /** The head is out already: the client must see that what follows is missing. */
    private void abort() {
        state = State.FAILED;
        relay.abort();
    }

    /** Lets go of peer and connection. */
    private void stop(boolean failed) {
        if (attempts.count() > 0 && upstreamActive()) {
            endAttempt();
        }
        dropConnection();
        choice.giveBack(failed, worker.clock().millis());
        state = State.FAILED;
    }

    private boolean upstreamActive() {
        return state != State.DONE && state != State.FAILED && state != State.READING_BODY;
    }

    private void dropConnection() {
        lookup.cancel();
        ConnectAttempt begun = connecting;
        if (begun != null) {
            connecting = null;
            begun.cancel();
        }
        sender.stop();
        UpstreamConnection c = connection;
        if (c != null) {
            connection = null;
            c.close();
        }
    }

    private void endAttempt() {
        Attempt attempt = attempts.last();
        if (attempt.responseMillis < 0) {
            attempt.responseMillis = sinceAttempt();
            attempt.bytesSent = sender.bytesSent();
        }
    }

    private long sinceAttempt() {
        return Math.max(0, worker.clock().millis() - attempts.last().startMillis);
    }

    // ---- tunnels

    private void startTunnel(ByteBuf in) {
        state = State.TUNNEL;
        UpstreamTunnel both = new UpstreamTunnel(this, exchange(), connection(), settings());
        tunnel = both;
        sender.stop();
        exchange().stream().startTunnel(exchange(), both);
        if (in.isReadable() && state == State.TUNNEL) {
            both.takeFromUpstream(in);
        }
    }

    /** The tunnel is over. */
    void tunnelEnded() {
        if (state == State.TUNNEL) {
            endAttempt();
            dropConnection();
            choice.giveBack(false, worker.clock().millis());
            state = State.DONE;
            exchange().stream().endTunnel();
        }
    }

    Attempt attempt() {
        return attempts.last();
    }

    // ---- the client

    @Override
    public void clientWritable() {
        relay.clientWritable();
    }

    @Override
    public void clientGone() {
        Exchange ex = exchange();
        if (settings().ignoresClientAbort && upstreamActive() || state == State.TUNNEL) {
            return;
        }
        boolean resolving = state == State.RESOLVING;
        if (upstreamActive()) {
            ex.log(Severity.INFO, "client prematurely closed connection"
                    + (resolving ? "" : ", so upstream connection is closed too" + doing()));
        }
        if (attempts.count() > 0 && !hasHead && !resolving) {
            attempts.last().status = 499;
        }
        stop(false);
        if (!ex.response().headSent()) {
            ex.response().status(499);
        }
        ex.stream().closeWithoutAnswer(ex);
    }

    private String doing() {
        return switch (state) {
            case CHOOSING, CONNECTING -> Fault.CONNECTING;
            case SENDING -> Fault.SENDING;
            case RELAYING -> Fault.READING;
            default -> Fault.READING_HEAD;
        };
    }

    @Override
    public void release() {
        boolean goesOn = settings().ignoresClientAbort && sender.isDone()
                && (state == State.AWAITING_HEAD || state == State.RELAYING);
        relay.release();
        if (goesOn) {
            state = State.ORPHANED;
            connection().reads(true);
            return;
        }
        if (upstreamActive()) {
            stop(false);
        }
        tunnel = null;
    }

    /** The request is over, logged and all: nobody reads what is kept here any more. */
    public void requestEnded() {
        if (state == State.ORPHANED) {
            exchange = null;
        } else {
            makeSpare();
        }
    }

    private void makeSpare() {
        state = State.SPARE;
        exchange = null;
        protocol = null;
        settings = null;
        upstream = null;
        lookup.clear();
        tunnel = null;
        attempts.clear();
        choice.clear();
        codec.clear();
        upstreams.giveBack(this, protocolClass);
    }

    // ---- what others may ask

    /** The attempts of the request so far. */
    public Attempts attempts() {
        return attempts;
    }

    /** The codec, for its protocol's own module. */
    public UpstreamCodec codec() {
        return codec;
    }

    /** The codec with the last head, or null when no head came. */
    public @Nullable UpstreamCodec head() {
        return hasHead ? codec : null;
    }

    /** Where it stands. */
    public State state() {
        return state;
    }

    /** The request. */
    public Exchange exchange() {
        return present(exchange);
    }

    /** What the location says. */
    public UpstreamSettings settings() {
        return present(settings);
    }

    /** The protocol as compiled for the location. */
    public UpstreamProtocol protocol() {
        return present(protocol);
    }

    /** The group that the request goes to. */
    public Upstream upstream() {
        return present(upstream);
    }

    private UpstreamConnection connection() {
        return present(connection);
    }

    private UpstreamTunnel tunnel() {
        return present(tunnel);
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("not in use");
        }
        return value;
    }

    @Override
    public @Nullable String upstreamForLog() {
        if (state == State.READING_BODY || state == State.SPARE || upstream == null) {
            return null;
        }
        Bytes out = worker.takeScratch();
        try {
            out.write(codec.scheme());
            Peer peer = choice.peer();
            if (peer != null) {
                out.write(peer.name());
            } else if (attempts.count() > 0) {
                out.write(attempts.last().peer);
            }
            codec.appendUri(out);
            return out.toString();
        } finally {
            worker.giveBackScratch(out);
        }
    }
}
