package io.frontdesk.engine.http1;

import io.frontdesk.codec.http.HttpVersion;
import io.frontdesk.codec.http.Method;
import io.frontdesk.codec.http1.RequestHead;
import io.frontdesk.codec.http1.RequestLimits;
import io.frontdesk.codec.http1.RequestReader;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.core.CoreSettings;
import io.frontdesk.engine.core.ServerSettings;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.log.BugLine;
import io.frontdesk.engine.log.ErrorLog;
import io.frontdesk.engine.log.LogContext;
import io.frontdesk.engine.plan.ListenPlan;
import io.frontdesk.engine.plan.ServerPlan;
import io.frontdesk.engine.plan.Snapshot;
import io.frontdesk.engine.request.ClientStream.TunnelEnd;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.PhaseRunner;
import io.frontdesk.engine.response.ErrorPages;
import io.frontdesk.engine.route.ServerName;
import io.frontdesk.engine.route.ServerReport;
import io.frontdesk.engine.tls.ClientTls;
import io.frontdesk.engine.worker.ConnectionList;
import io.frontdesk.engine.worker.ListedConnection;
import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.OutOfMemory;
import io.frontdesk.net.listen.ListenAddress;
import io.frontdesk.net.loop.Deadline;
import io.frontdesk.net.regex.RegexMatchException;
import io.frontdesk.net.tls.TlsOutput;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.socket.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A client's HTTP/1 connection: reads heads, starts an exchange for each, hands in its body, and starts over. One request at a time; what
 * comes behind it waits. Belongs to one loop for life. {@link Http1Input} gives it bytes, {@link Http1Output} takes the answers.
 */
public final class Http1Connection extends ListedConnection {
    /** Input that may wait behind a running request before the socket is no longer read. */
    private static final int MAX_WAITING_BYTES = 64 * 1024;

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
    private State state = State.IDLE;
    private @Nullable ByteBuf waiting;
    private @Nullable TunnelEnd tunnel;
    private int requests;
    private @Nullable RegexMatchException nameFailure;
    private long lingerUntilMillis;
    private boolean processing;
    /** What is being worked through. */
    private @Nullable ByteBuf current;
    private boolean inputEnded;
    private boolean closesAfter;
    private boolean pipelined;
    private boolean followsAnother;
    /** Null on a socket without TLS. */
    private @Nullable TlsEntrance tls;
    /** A request that is explained comes in the clear to an address of TLS, as if the handshake were done. */
    private @Nullable ClientTls assumedTls;

    /** A connection that was accepted; call {@link #open} on its loop. */
    public Http1Connection(Worker worker, Channel channel, ListenAddress boundTo, ClientAddress address) {
        this.worker = worker;
        this.channel = channel;
        this.address = address;
        this.plan = new ConnectionPlan(worker, boundTo, address);
        this.output = new Http1Output(this, worker, channel);
        this.exchange = new Exchange(worker, address, output, head);
        this.readDeadline = new Deadline(worker.wheel(), deadline -> guarded(this::readTimedOut));
        this.body = new BodyIntake(this, exchange, readDeadline);
        address.attach(this);
    }

    /** Starts to wait for the first request. */
    public void open() {
        worker.counts().open();
        if (!renewPlan()) {
            closeNow();
            return;
        }
        if (currentListen().tls() && worker.trace() != null) {
            assumedTls = new ClientTls(null);
        } else if (currentListen().tls()) {
            TlsEntrance entrance = new TlsEntrance(this);
            tls = entrance;
            channel.pipeline().addFirst(entrance.entry());
        }
        if (currentListen().proxyProtocol()) {
            channel.pipeline().addFirst(new ProxyEntry(this, address));
        }
        worker.idle().add(this);
        // nginx: the time for the head runs from the accept for the first request.
        readDeadline.arm(currentListen().defaultServer().settings().clientHeaderTimeoutMillis());
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

    ListenPlan currentListen() {
        return plan.listen();
    }

    Snapshot snapshot() {
        return plan.snapshot();
    }

    Worker worker() {
        return worker;
    }

    /** What is known of the client's TLS; null in the clear. */
    @Nullable
    ClientTls tls() {
        TlsEntrance entrance = tls;
        return entrance == null ? assumedTls : entrance.tls();
    }

    /** The server for requests whose host says nothing. */
    private ServerPlan usualServer() {
        TlsEntrance entrance = tls;
        return entrance == null ? currentListen().defaultServer() : entrance.usual(currentListen());
    }

    int requestCount() {
        return requests;
    }

    boolean isPipelined() {
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
        ByteBuf before = waiting;
        if (before != null) {
            before.writeBytes(in);
            in.release();
            if (state == State.BUSY && !exchange.body().wantsMore()) {
                limitWaiting(before);
                return;
            }
            waiting = null;
            process(before);
            return;
        }
        process(in);
    }

    private void limitWaiting(ByteBuf held) {
        if (held.readableBytes() > MAX_WAITING_BYTES) {
            channel.config().setAutoRead(false);
        }
    }

    /** Works through a buffer, which it owns, as far as the state allows; the rest waits. */
    private void process(ByteBuf in) {
        processing = true;
        current = in;
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
                keepWaiting(in);
            }
            exchange.body().passEnded();
        } finally {
            processing = false;
            current = null;
            in.release();
        }
    }

    private void keepWaiting(ByteBuf in) {
        ByteBuf held = worker.allocator().buffer(Math.max(1024, in.readableBytes()));
        held.writeBytes(in);
        waiting = held;
        limitWaiting(held);
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
            if (entrance != null && !entrance.isServedBy(currentListen())) {
                closeNow();
                return false;
            }
            state = State.HEAD;
            pipelined = followsAnother;
            worker.busy().add(this);
            plan.enter();
            ServerSettings settings = usualServer().settings();
            reader.limits(settings.requestLimits());
            if (requests > 0) {
                readDeadline.arm(settings.clientHeaderTimeoutMillis());
            }
            exchange.startMillis(worker.clock().millis());
        }
        return switch (reader.read(in, head)) {
            case NEED_MORE -> false;
            case HEAD -> {
                start(in);
                yield true;
            }
            case REFUSED, INTERIM -> {
                refuse();
                yield false;
            }
        };
    }

    private void start(ByteBuf in) {
        readDeadline.disarm();
        state = State.BUSY;
        requests++;
        ServerPlan server = chooseServer();
        begin(server);
        uri();
        RegexMatchException failure = nameFailure;
        if (failure != null) {
            nameFailure = null;
            exchange.blame().log(FaultKind.REGEX_LIMIT, Severity.ALERT, String.valueOf(failure.getMessage()), null);
            exchange.fail(500);
        }
        body.begin(head);
        TlsEntrance entrance = tls;
        int refusal = entrance == null ? 0 : entrance.refusal(exchange);
        if (refusal != 0) {
            PhaseRunner.refuse(exchange, refusal);
            return;
        }
        if (head.method() == Method.CONNECT && !server.allowsConnect()) {
            exchange.keepsAlive(false);
            exchange.log(Severity.INFO, "client sent CONNECT method while reading client request headers");
            PhaseRunner.refuse(exchange, 405);
            return;
        }
        if (worker.isMemoryTight()) {
            exchange.keepsAlive(false);
            ErrorPages.answerPlain(exchange, 503);
            return;
        }
        try {
            PhaseRunner.start(exchange);
        } catch (RuntimeException bug) {
            ErrorPages.bug(exchange, bug);
        }
    }

    private void uri() {
        exchange.uri().path(head.pathArray(), head.pathOffset(), head.pathLength());
        exchange.uri().args(head.bytes().array(), Math.max(0, head.queryOffset()), head.queryLength());
        exchange.uri().hasRawForm(true);
    }

    private void begin(ServerPlan server) {
        long started = exchange.startMillis();
        exchange.begin(plan.snapshot(), server);
        exchange.startMillis(started);
        output.begin();
        worker.counts().beginAnswer();
        plan.beginAnswer();
    }

    private ServerPlan chooseServer() {
        ListenPlan listen = currentListen();
        if (listen.names().isEmpty()) {
            told(listen, null);
            return listen.defaultServer();
        }
        TlsEntrance entrance = tls;
        // A regex name fills captures, so the exchange must stand on a snapshot first.
        exchange.prepareSlots(plan.snapshot());
        try {
            ServerName named = listen.names().find(exchange, head.host().array(), 0, head.host().length());
            told(listen, named);
            if (entrance != null) {
                return entrance.choose(listen, head.host(), named == null ? null : named.server());
            }
            return named == null ? listen.defaultServer() : named.server();
        } catch (RegexMatchException e) {
            nameFailure = e;
            return listen.defaultServer();
        }
    }

    private void told(ListenPlan listen, @Nullable ServerName named) {
        if (exchange.trace() != null) {
            ServerReport.tell(exchange.trace(), listen, named, head.host().toString());
        }
    }

    private void refuse() {
        readDeadline.disarm();
        state = State.BUSY;
        requests++;
        begin(usualServer());
        exchange.body().begin(false);
        exchange.keepsAlive(false);
        closesAfter = true;
        if (head.rawPathOffset() >= 0 && head.pathLength() > 0) {
            uri();
        } else {
            exchange.uri().path("");
            exchange.uri().args("");
        }
        exchange.blame().log(FaultKind.ofStatus(reader.refusal().status()), Severity.INFO, reader.refusal().reason(),
                null);
        if (exchange.trace() != null) {
            exchange.trace().step("refused", null, reader.refusal().reason());
        }
        try {
            PhaseRunner.refuse(exchange, reader.refusal().status());
        } catch (RuntimeException bug) {
            ErrorPages.bug(exchange, bug);
        }
    }

    /** The body intake: the last part is delivered. */
    void bodyEnded() {
        if (state == State.DRAINING) {
            next();
        }
    }

    /** The body intake: what follows belongs to no request any more. */
    void bodyRefused(int status) {
        closesAfter = true;
        if (state == State.DRAINING) {
            closeNow();
        } else {
            exchange.body().fail(status);
        }
    }

    /** Throws away what came of the body; gives the status of its refusal when it is malformed, otherwise 0. */
    int discardBody() {
        exchange.body().discard();
        ByteBuf in = current;
        if (in != null) {
            boolean goesOn = true;
            while (goesOn && in.isReadable() && state == State.BUSY && !exchange.body().hasEnded()) {
                goesOn = body.read(in);
            }
        }
        return body.refusal();
    }

    /** The body's reader has room again, or has none: called by the exchange's stream. */
    void bodyDemandChanged() {
        if (!exchange.body().wantsMore()) {
            readDeadline.disarm();
            return;
        }
        body.arm(exchange.location().core());
        channel.config().setAutoRead(true);
        if (!processing) {
            resumeWaiting();
        }
        if (inputEnded && !exchange.body().hasEnded() && waiting == null) {
            exchange.body().fail(400);
        }
    }

    private void resumeWaiting() {
        ByteBuf held = waiting;
        if (held != null) {
            waiting = null;
            process(held);
        }
    }

    /** The client sent its FIN. */
    void inputEnded() {
        inputEnded = true;
        switch (state) {
            case IDLE, DRAINING, LINGERING -> closeNow();
            case HEAD -> {
                logOutside(Severity.INFO, FaultKind.CLIENT_CLOSED,
                        "client prematurely closed connection while reading client request headers");
                closeNow();
            }
            case BUSY -> {
                if (exchange.body().isExpected() && !exchange.body().hasEnded() && exchange.body().wantsMore()) {
                    exchange.blame().log(FaultKind.CLIENT_CLOSED, "client prematurely closed connection");
                    exchange.body().fail(400);
                } else if (waiting == null && !output.isCompleting()) {
                    exchange.clientGone();
                }
            }
            case TUNNEL -> {
                if (tunnel != null) {
                    tunnel.clientEnded();
                }
            }
            case CLOSED -> {
            }
        }
    }

    /** The client says by TLS that it sends no more: a request that is whole is answered all the same. */
    void tlsEnded() {
        if (state == State.BUSY && (exchange.body().hasEnded() || !exchange.body().isExpected())) {
            closesAfter = true;
        } else {
            inputEnded();
        }
    }

    // ---- the end of an exchange

    /** The answer is out, or the exchange is over without one: called by the output. */
    void exchangeEnded(boolean mayKeepAlive) {
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
        if (!mayKeepAlive || !exchange.keepsAlive() || closesAfter || inputEnded && waiting == null) {
            closeAfterAnswer();
            return;
        }
        if (!exchange.body().hasEnded()) {
            state = State.DRAINING;
            body.drain(exchange.location().core());
            exchange.body().discard();
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
        if (worker.isQuitting()) {
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
        boolean more = !exchange.body().hasEnded() || waiting != null || closesAfter;
        boolean lingers = !inputEnded && switch (core.lingering()) {
            case OFF -> false;
            case ON -> more;
            case ALWAYS -> true;
        };
        if (!lingers) {
            closeNow();
            return;
        }
        state = State.LINGERING;
        releaseWaiting();
        lingerUntilMillis = worker.clock().millis() + core.lingeringTimeMillis();
        channel.config().setAutoRead(true);
        readDeadline.arm(Math.min(core.lingeringTimeMillis(), core.lingeringTimeoutMillis()));
        if (channel instanceof SocketChannel socket) {
            if (tls() == null) {
                socket.shutdownOutput();
            } else {
                // nginx: close_notify goes out before the connection is shut
                TlsOutput.end(channel, socket::shutdownOutput);
            }
        }
    }

    /** Bytes came while lingering: wait a little longer, up to the limit. */
    void lingerOn() {
        if (state == State.LINGERING) {
            long left = lingerUntilMillis - worker.clock().millis();
            if (left <= 0) {
                closeNow();
            } else {
                readDeadline.arm(Math.min(left, exchange.location().core().lingeringTimeoutMillis()));
            }
        }
    }

    private void readTimedOut() {
        switch (state) {
            case IDLE, LINGERING, DRAINING -> {
                TlsEntrance entrance = tls;
                if (entrance != null && entrance.isHandshaking()) {
                    logOutside(Severity.INFO, FaultKind.CLIENT_TIMEOUT,
                            "client timed out (110: Connection timed out) while SSL handshaking");
                }
                closeNow();
            }
            case HEAD -> {
                logOutside(Severity.INFO, FaultKind.CLIENT_TIMEOUT,
                        "client timed out (110: Connection timed out) while reading client request headers");
                output.closeTimedOut();
            }
            case BUSY -> {
                exchange.blame().log(FaultKind.CLIENT_TIMEOUT,
                        "client timed out (110: Connection timed out) while reading client request body",
                        exchange.location().core().bodyTimeoutLimit());
                exchange.body().fail(408);
            }
            default -> {
            }
        }
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
            exchange.blame().log(FaultKind.CLIENT_CLOSED,
                    "recv() failed (104: Connection reset by peer) while " + completingText());
        }
        closeNow();
    }

    /** Something failed on the socket, or a bug of ours came up: the connection ends, once with a line. */
    void failed(Throwable cause) {
        if (cause instanceof java.io.IOException) {
            if (state == State.BUSY && !exchange.isDone()) {
                exchange.blame().log(FaultKind.CLIENT_CLOSED, cause.getMessage() + " while " + completingText());
            }
        } else if (OutOfMemory.isOfBuffers(cause)) {
            // Once it is known that memory runs short, nothing is gained by many lines about it.
            logOutside(worker.isMemoryTight() ? Severity.INFO : Severity.CRIT, FaultKind.INTERNAL,
                    "no memory for a buffer: " + cause.getMessage());
        } else {
            OutOfMemory.check(cause);
            logOutside(Severity.ALERT, FaultKind.BUG, BugLine.of(cause));
        }
        closeNow();
    }

    private String completingText() {
        return exchange.response().headSent() ? "sending to client" : "reading client request";
    }

    /** A line for the time between requests, when there is no exchange to give its context. */
    void logOutside(Severity severity, FaultKind cause, String message) {
        ServerPlan server = currentListen().defaultServer();
        ErrorLog log = server.root().core().errorLog();
        if (log.isEnabled(severity, address)) {
            log.log(severity, address.number(), message,
                    LogContext.of(cause, address.remoteAddress(), server.name()));
        }
    }

    void startTunnel(TunnelEnd end) {
        tunnel = end;
        state = State.TUNNEL;
        readDeadline.disarm();
        channel.config().setAutoRead(true);
        if (!processing) {
            ByteBuf held = waiting;
            waiting = null;
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
    public boolean isServedBy(Snapshot newer) {
        ListenPlan listen = plan.on(newer);
        TlsEntrance entrance = tls;
        if (listen == null || listen.tls() != (entrance != null || assumedTls != null)) {
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
        releaseWaiting();
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

    private void releaseWaiting() {
        if (waiting != null) {
            waiting.release();
            waiting = null;
        }
    }
}
