package io.frontdesk.engine.http1;

import io.frontdesk.codec.http.HttpVersion;
import io.frontdesk.codec.http1.RequestHead;
import io.frontdesk.codec.http1.RequestLimits;
import io.frontdesk.codec.http1.RequestReader;
import io.frontdesk.engine.client.ClientAddress;
import io.frontdesk.engine.client.ClientProtocol;
import io.frontdesk.engine.client.ConnectionPlan;
import io.frontdesk.engine.client.Lingering;
import io.frontdesk.engine.client.RequestStart;
import io.frontdesk.engine.client.ServerChoice;
import io.frontdesk.engine.client.TlsEntrance;
import io.frontdesk.engine.core.CoreSettings;
import io.frontdesk.engine.core.ServerSettings;
import io.frontdesk.engine.http2.Http2Connection;
import io.frontdesk.engine.plan.ListenPlan;
import io.frontdesk.engine.plan.ServerPlan;
import io.frontdesk.engine.plan.Snapshot;
import io.frontdesk.engine.request.ClientStream.TunnelEnd;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.worker.ConnectionList;
import io.frontdesk.engine.worker.ListedConnection;
import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.listen.ListenAddress;
import io.frontdesk.net.loop.Deadline;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import org.jspecify.annotations.Nullable;

/**
 * A client's HTTP/1 connection: reads heads, starts an exchange for each, hands in its body, and starts over. One request at a time; what
 * comes behind it waits. Belongs to one loop for life. {@link Http1Input} gives it bytes, {@link Http1Output} takes the answers.
 */
public final class Http1Connection extends ListedConnection implements ClientProtocol {
    private enum State {
        /** Between requests; nothing of the next one came. */
        IDLE,
        /** A head has begun. */
        HEAD,
        /** A request runs. */
        BUSY,
        /** The answer is out, the rest of the body is thrown away before the next request. */
        DRAINING,
        /** Our side is shut; what still comes is thrown away. */
        LINGERING,
        /** Bytes go both ways. */
        TUNNEL,
        /** Over. */
        CLOSED
    }

    private final Worker worker;
    private final Channel channel;
    private final ConnectionPlan plan;
    private final ClientAddress address;
    private final Http1Output output;
    private final RequestHead head = new RequestHead();
    private final RequestReader reader = new RequestReader(RequestLimits.DEFAULT);
    private final Exchange exchange;
    private final Deadline readDeadline;
    private final BodyIntake body;
    private final ServerChoice servers;
    private final Lingering lingering;
    private final ConnectionFaults faults;
    private final WaitingInput waiting;
    private State state = State.IDLE;
    private @Nullable TunnelEnd tunnel;
    private int requests;
    private boolean processing;
    /** What is being worked through. */
    private @Nullable ByteBuf current;
    private boolean inputEnded;
    private boolean closesAfter;
    private boolean pipelined;
    private boolean followsAnother;
    /** Null on a socket without TLS. */
    private @Nullable TlsEntrance tls;

    /** A connection that was accepted; call {@link #open} on its loop. */
    public Http1Connection(Worker worker, Channel channel, ListenAddress boundTo, ClientAddress address) {
        this.worker = worker;
        this.channel = channel;
        this.address = address;
        this.plan = new ConnectionPlan(worker, boundTo, address);
        this.output = new Http1Output(this, worker, channel);
        this.exchange = new Exchange(worker, address, output, head);
        this.readDeadline = new Deadline(worker.wheel(), deadline -> guarded(this::readTimedOut));
        this.servers = new ServerChoice(plan, address);
        this.lingering = new Lingering(worker, channel, readDeadline);
        this.faults = new ConnectionFaults(worker, plan, exchange);
        this.body = new BodyIntake(this, exchange, readDeadline, faults);
        this.waiting = new WaitingInput(channel, worker.allocator());
        address.attach(plan, this);
    }

    /** Starts to wait for the first request. */
    public void open() {
        worker.counts().open();
        if (!renewPlan()) {
            closeNow();
            return;
        }
        tls = ConnectionEntries.add(worker, channel, plan, address, servers, exchange);
        worker.idle().add(this);
        // nginx: the time for the head runs from the accept for the first request.
        readDeadline.arm(plan.listen().defaultServer().settings().clientHeaderTimeoutMillis());
    }

    @Override
    public void beginHttp2() {
        state = State.CLOSED;
        readDeadline.release();
        ConnectionList.remove(this);
        Http2Connection.take(worker, channel, plan, address, servers, tls, exchange, Http1Input.class);
    }

    Http1Output output() {
        return output;
    }

    boolean isHttp11() {
        return head.version().isAtLeast(HttpVersion.HTTP_1_1);
    }

    boolean isHttp09() {
        return head.version() == HttpVersion.HTTP_0_9;
    }

    Exchange exchange() {
        return exchange;
    }

    @Override
    public int requestCount() {
        return requests;
    }

    @Override
    public boolean isPipelined() {
        return pipelined;
    }

    /** Moves to the worker's newest configuration; false when the connection has no place there and nothing left to say. */
    private boolean renewPlan() {
        return plan.renew() || plan.isKnown() && !closesAfter;
    }

    // ---- input

    /** Takes bytes from the socket. */
    void takeInput(ByteBuf in) {
        if (state == State.TUNNEL && tunnel != null) {
            tunnel.takeFromClient(in);
            return;
        }
        if (state == State.LINGERING || state == State.CLOSED) {
            in.release();
            return;
        }
        followsAnother = false;
        if (waiting.isEmpty()) {
            process(in, false);
            return;
        }
        waiting.append(in);
        if (state == State.BUSY && !exchange.body().wantsMore()) {
            waiting.limit();
        } else {
            resumeWaiting();
        }
    }

    /** Works through a buffer, which it owns, as far as the state allows; the rest waits, maybe as it {@code waited} before. */
    private void process(ByteBuf in, boolean waited) {
        processing = true;
        current = in;
        boolean kept = false;
        try {
            boolean goesOn = true;
            while (goesOn && in.isReadable()) {
                goesOn = switch (state) {
                    case IDLE, HEAD -> readHead(in);
                    case BUSY, DRAINING -> body.read(in);
                    case TUNNEL -> tunnelRest(in);
                    case LINGERING, CLOSED -> false;
                };
            }
            if (in.isReadable() && state == State.BUSY) {
                kept = waiting.keep(in, waited);
            }
            exchange.body().passEnded();
        } finally {
            processing = false;
            current = null;
            if (!kept) {
                in.release();
            }
        }
        if (inputEnded && waiting.isEmpty()) {
            restIsMissing();
        }
    }

    /** Whether something that came was not looked at yet. */
    private boolean hasInput() {
        ByteBuf in = current;
        return !waiting.isEmpty() || in != null && in.isReadable();
    }

    /** All that came before the client's end is worked through: what is not whole now never will be. */
    private void restIsMissing() {
        switch (state) {
            case IDLE, DRAINING, LINGERING -> closeNow();
            case HEAD -> {
                faults.headCutOff();
                closeNow();
            }
            case BUSY -> {
                if (body.isMissing()) {
                    body.cutOff();
                }
            }
            default -> {
            }
        }
    }

    private boolean tunnelRest(ByteBuf in) {
        TunnelEnd end = tunnel;
        if (end != null) {
            end.takeFromClient(in.readRetainedSlice(in.readableBytes()));
        }
        return false;
    }

    private boolean readHead(ByteBuf in) {
        if (state == State.IDLE) {
            if (!renewPlan()) {
                closeNow();
                return false;
            }
            TlsEntrance entrance = tls;
            if (entrance != null && !entrance.isServedBy(plan.listen())) {
                closeNow();
                return false;
            }
            state = State.HEAD;
            pipelined = followsAnother;
            worker.busy().add(this);
            plan.enter();
            ServerSettings settings = servers.usual(exchange).settings();
            reader.limits(settings.requestLimits());
            if (requests > 0) {
                readDeadline.arm(settings.clientHeaderTimeoutMillis());
            }
            exchange.startMillis(worker.clock().millis());
        }
        return switch (reader.read(in, head)) {
            case NEED_MORE -> false;
            case HEAD -> {
                start();
                yield true;
            }
            case REFUSED, INTERIM -> {
                refuse();
                yield false;
            }
        };
    }

    private void start() {
        readDeadline.disarm();
        state = State.BUSY;
        requests++;
        begin(servers.choose(exchange, head.host()));
        if (plan.isBehind()) {
            exchange.keepsAlive(false);
        }
        exchange.uri().begin(head);
        body.begin(head);
        RequestStart.run(exchange, servers);
    }

    private void begin(ServerPlan server) {
        long started = exchange.startMillis();
        exchange.begin(plan.snapshot(), server);
        exchange.startMillis(started);
        output.begin();
        worker.counts().beginAnswer();
        plan.beginAnswer();
    }

    private void refuse() {
        readDeadline.disarm();
        state = State.BUSY;
        requests++;
        begin(servers.usual(exchange));
        exchange.body().begin(false);
        exchange.keepsAlive(false);
        closesAfter = true;
        if (head.rawPathOffset() >= 0 && head.pathLength() > 0) {
            exchange.uri().begin(head);
        } else {
            exchange.uri().path("");
            exchange.uri().args("");
        }
        RequestStart.refuse(exchange, reader.refusal().status(), reader.refusal().reason());
    }

    /** The body intake: the last part is delivered. */
    void bodyEnded() {
        if (state == State.DRAINING) {
            next();
        }
    }

    /** The body intake: what follows it belongs to no request any more. */
    void closesAfterAnswer() {
        closesAfter = true;
    }

    /** Throws away what came of the body; gives the status of its refusal when it is malformed, otherwise 0. */
    int discardBody() {
        return body.discard(current);
    }

    /** The body's reader has room again, or has none: called by the exchange's stream. */
    void bodyDemandChanged() {
        if (!body.awaitsMore()) {
            return;
        }
        channel.config().setAutoRead(true);
        if (!processing) {
            resumeWaiting();
        }
        if (inputEnded && !exchange.body().hasEnded() && !hasInput()) {
            exchange.body().fail(400);
        }
    }

    private void resumeWaiting() {
        ByteBuf held = waiting.give();
        if (held != null) {
            process(held, true);
        }
    }

    /** The client sent its FIN. */
    void inputEnded() {
        inputEnded = true;
        switch (state) {
            case BUSY -> {
                if (body.isMissing()) {
                    restIsMissing();
                } else if (waiting.isEmpty() && !output.isCompleting()) {
                    exchange.clientGone();
                }
            }
            case TUNNEL -> {
                if (tunnel != null) {
                    tunnel.clientEnded();
                }
            }
            default -> restIsMissing();
        }
    }

    /** A request that is whole is answered all the same. */
    @Override
    public void tlsEnded() {
        if (state == State.BUSY && (exchange.body().hasEnded() || !exchange.body().isExpected())) {
            closesAfter = true;
        } else {
            inputEnded();
        }
    }

    // ---- the end of an exchange

    /** The answer is out, or the exchange is over without one: called by the output. */
    void exchangeEnded(boolean mayKeepAlive) {
        if (!exchange.isClientGone()) {
            exchange.answered();
        }
        if (exchange.hasBackground() && !exchange.isClientGone()) {
            // nginx: the request is over, and logged, when all that it led to is
            exchange.afterBackground(() -> exchangeEnded(mayKeepAlive));
            return;
        }
        exchange.complete();
        address.restoreRemote();
        plan.leave();
        if (state == State.CLOSED) {
            return;
        }
        if (!mayKeepAlive || !exchange.keepsAlive() || closesAfter || inputEnded && !hasInput()) {
            closeAfterAnswer();
            return;
        }
        if (!exchange.body().hasEnded()) {
            state = State.DRAINING;
            body.drain();
            if (!processing) {
                resumeWaiting();
            }
            return;
        }
        next();
    }

    private void next() {
        state = State.IDLE;
        followsAnother = true;
        if (worker.isQuitting() || plan.isBehind()) {
            // What came already is not read any more.
            state = State.LINGERING;
            closeNow();
            return;
        }
        channel.config().setAutoRead(true);
        worker.idle().add(this);
        readDeadline.arm(exchange.location().core().keepAliveTimeoutMillis());
        if (!processing) {
            resumeWaiting();
        }
    }

    private void closeAfterAnswer() {
        CoreSettings core = exchange.location().core();
        boolean more = !exchange.body().hasEnded() || !waiting.isEmpty() || closesAfter;
        boolean lingers = !inputEnded && Lingering.isDue(core, more);
        if (!lingers) {
            closeNow();
            return;
        }
        state = State.LINGERING;
        waiting.release();
        lingering.begin(core, address.tls() != null);
    }

    /** Bytes came while lingering: wait a little longer, up to the limit. */
    void lingerOn() {
        if (state == State.LINGERING && !lingering.goesOn(exchange.location().core())) {
            closeNow();
        }
    }

    private void readTimedOut() {
        switch (state) {
            case IDLE, LINGERING, DRAINING -> {
                TlsEntrance entrance = tls;
                if (entrance != null && entrance.isHandshaking()) {
                    faults.handshakeTimedOut();
                }
                closeNow();
            }
            case HEAD -> {
                faults.headTimedOut();
                closeTimedOut();
            }
            case BUSY -> body.timedOut();
            default -> {
            }
        }
    }

    /** Closes, after a time that is over: by a reset where the configuration asks for it. */
    void closeTimedOut() {
        if (plan.listen().defaultServer().root().core().resetsTimedOut()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        closeNow();
    }

    private void guarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error bug) {
            failed(bug);
        }
    }

    /** The client reset the connection while nothing was read from it; what it sent before is of no use any more. */
    void peerReset() {
        if (state == State.BUSY && !exchange.isDone()) {
            faults.reset();
        }
        closeNow();
    }

    /** Something failed on the socket, or a bug of ours came up: the connection ends, once with a line. */
    void failed(Throwable cause) {
        faults.failed(cause, state == State.BUSY);
        closeNow();
    }

    void startTunnel(TunnelEnd end) {
        tunnel = end;
        state = State.TUNNEL;
        readDeadline.disarm();
        channel.config().setAutoRead(true);
        if (!processing) {
            ByteBuf held = waiting.give();
            if (held != null) {
                end.takeFromClient(held);
                end.clientReadComplete();
            }
        }
    }

    @Nullable
    TunnelEnd tunnel() {
        return tunnel;
    }

    @Override
    public void closeGracefully() {
        if (state == State.IDLE) {
            closeNow();
        } else {
            exchange.keepsAlive(false);
        }
    }

    @Override
    public void reloaded(Snapshot newest) {
        if (!isFresh()) {
            super.reloaded(newest);
        } else if (plan.on(newest) == null) {
            // nginx: workers of the old configuration answer those whom they accepted
            plan.stayBehind();
        } else if (!isServedBy(newest)) {
            closeNow();
        } else if (tls == null || tls.isUntouched()) {
            // What the one before would have chosen its certificates from is about to be closed.
            plan.renew();
        }
    }

    @Override
    public boolean isFresh() {
        return state == State.IDLE && requests == 0;
    }

    @Override
    public boolean isServedBy(Snapshot newer) {
        ListenPlan listen = plan.on(newer);
        TlsEntrance entrance = tls;
        if (listen == null || listen.tls() != (entrance != null || address.tls() != null)) {
            return false;
        }
        // One that is busy is looked at again before its next request.
        return entrance == null || state != State.IDLE || entrance.isServedBy(listen);
    }

    @Override
    public boolean runsOn(Snapshot older) {
        return plan.isOn(older);
    }

    @Override
    public void closeNow() {
        if (state != State.CLOSED) {
            channel.close();
        }
    }

    /** The socket is gone: ends what runs. */
    void closed() {
        State before = state;
        state = State.CLOSED;
        worker.counts().close();
        readDeadline.disarm();
        ConnectionList.remove(this);
        waiting.release();
        if (before == State.TUNNEL && tunnel != null) {
            tunnel.clientClosed();
        }
        if (before == State.BUSY || before == State.TUNNEL) {
            output.closed();
        }
        if (!exchange.hasBackground()) {
            plan.leave();
        }
        readDeadline.release();
    }
}
