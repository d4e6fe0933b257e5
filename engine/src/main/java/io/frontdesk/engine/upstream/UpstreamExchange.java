package io.frontdesk.engine.upstream;

import io.frontdesk.config.Severity;
import io.frontdesk.engine.cache.CacheLookup;
import io.frontdesk.engine.fault.Fault;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.fault.NextCondition;
import io.frontdesk.engine.request.ContentState;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Outcome;
import io.frontdesk.engine.request.UpstreamContext;
import io.frontdesk.engine.response.ErrorPages;
import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.tls.TlsSession;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way to an upstream and the response on its way back, as a visible state machine: {@link UpstreamLink} has the
 * connection, {@link Sender} sends, {@link ResponseIntake} reads, {@link ResponseRelay} passes on, {@link RetryRules} says when
 * it all begins again. What it keeps of the response's head stays readable until the request is over, internal redirects included. Made by
 * {@link LoopUpstreams} and reused; loop only.
 */
public final class UpstreamExchange implements ContentState, UpstreamContext {
    private final Worker worker;
    private final LoopUpstreams upstreams;
    private final Class<?> codecClass;
    private final UpstreamCodec codec;
    private final Attempts attempts = new Attempts();
    private final RequestPreparation preparation;
    private final UpstreamLink link;
    private final Sender sender;
    private final ResponseRelay relay;
    private final ResponseIntake intake;
    private final CacheConsultation cache;
    private final UpstreamEvents events;
    private final RetryRules retries;
    private final OrphanDrain orphan;
    private UpstreamState state = UpstreamState.SPARE;
    private @Nullable Exchange exchange;
    private @Nullable UpstreamSettings settings;
    private @Nullable UpstreamProtocol protocol;
    private @Nullable Upstream upstream;
    private @Nullable Outcome outcome;
    private @Nullable UpstreamTunnel tunnel;
    private boolean starting;
    private boolean probing;

    UpstreamExchange(Worker worker, LoopUpstreams upstreams, Class<?> codecClass, UpstreamCodec codec) {
        this.worker = worker;
        this.upstreams = upstreams;
        this.codecClass = codecClass;
        this.codec = codec;
        this.preparation = new RequestPreparation(this, codec, worker);
        this.sender = codec instanceof Http2Codec ? new StreamSender(this, worker) : new RequestSender(this, worker);
        this.relay = new ResponseRelay(this, worker);
        this.link = new UpstreamLink(this, worker, upstreams);
        this.cache = new CacheConsultation(this, codec);
        this.intake = new ResponseIntake(this, codec, relay, link);
        this.orphan = new OrphanDrain(codec, intake);
        this.events = new UpstreamEvents(this, codec, sender, intake, orphan);
        this.retries = new RetryRules(link, sender);
    }

    // ---- the beginning

    /** Starts, as the content handler of an exchange; gives what that shall return. */
    public Outcome run(Exchange ex, UpstreamProtocol by, UpstreamSettings with, Upstream to) {
        upstream = to;
        return run(ex, by, with);
    }

    /** The same for a probe: the answer is what the upstream says, whatever that is. */
    public Outcome probe(Exchange ex, UpstreamProtocol by, UpstreamSettings with, Upstream alone) {
        probing = true;
        return run(ex, by, with, alone);
    }

    /** The same for a name that the location's {@code resolver} must find. */
    public Outcome run(Exchange ex, UpstreamProtocol by, UpstreamSettings with, HostPort to) {
        preparation.lookUp(to);
        return run(ex, by, with);
    }

    private Outcome run(Exchange ex, UpstreamProtocol by, UpstreamSettings with) {
        exchange = ex;
        protocol = by;
        settings = with;
        intake.begin();
        outcome = null;
        UpstreamExchange before = ex.upstream();
        if (before != null) {
            attempts.swap(before.attempts);
            attempts.addBoundary(worker.clock().millis());
        }
        ex.upstream(this);
        ex.content(this);
        starting = true;
        state = UpstreamState.READING_BODY;
        preparation.start(ex, ex.body().isExpected() && sender.streams(ex, with));
        starting = false;
        Outcome now = outcome;
        outcome = null;
        return now == null ? Outcome.WAIT : now;
    }

    /** What the handler returns, or goes on with. */
    void answer(Outcome with) {
        if (starting) {
            outcome = with;
        } else {
            exchange().resume(with);
        }
    }

    /** The preparation: a name is looked up. */
    void resolving() {
        state = UpstreamState.RESOLVING;
    }

    /** The preparation: the name stands for these addresses. */
    void begin(Upstream found) {
        upstream = found;
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

    /** The preparation: all is there to ask. */
    void begin() {
        retries.begin(exchange(), settings(), now());
        link.begin(upstream(), exchange(), settings().nextTries);
        connect();
    }

    private void connect() {
        state = UpstreamState.CHOOSING;
        long now = now();
        link.connect(upstream(), settings(), attempts.add(now), now);
    }

    // ---- the cache

    /** The cache: it has nothing, so the upstream is asked. */
    void cacheHasNothing() {
        preparation.goOn();
    }

    /** The cache: it answers, and nothing is asked any more. */
    void answersByItself() {
        state = UpstreamState.DONE;
    }

    CacheConsultation cache() {
        return cache;
    }

    /** Whether a cache may keep the answer, so that the upstream is asked for all of it, by the cache's own conditions. */
    public boolean mayKeepAnswer() {
        return cache.mayKeep();
    }

    /** What the cache has for the request, or null when there is none. */
    public @Nullable CacheLookup cached() {
        return cache.lookup();
    }

    // ---- the request, as the link and the sender tell of it

    /** The link: a connection is being made. */
    void connecting() {
        state = UpstreamState.CONNECTING;
    }

    /** The link: there is a connection, and TLS is agreed on. */
    void handshaking() {
        state = UpstreamState.HANDSHAKING;
    }

    /** The events: TLS is agreed on. */
    void handshaken(TlsSession session) {
        String complaint = link.complaint(session);
        if (complaint == null) {
            send();
        } else {
            fail(new Fault(FaultKind.TLS_CERTIFICATE, complaint + Fault.HANDSHAKING));
        }
    }

    /** The link: there is a connection. */
    void send() {
        state = UpstreamState.SENDING;
        attempts.connected(now());
        if (!sender.begin(exchange(), settings(), codec, link.connection())) {
            finish(500);
        } else if (codec.answersUnasked() && state == UpstreamState.AWAITING_HEAD) {
            intake.readHead(Unpooled.EMPTY_BUFFER);
        }
    }

    /** The sender: the whole request is with the system. */
    void requestSent() {
        if (state == UpstreamState.SENDING) {
            state = UpstreamState.AWAITING_HEAD;
            link.connection().deadline().arm(settings().readTimeoutMillis);
        }
    }

    /** The sender: the request's body can't be had. */
    void requestFailed(int status) {
        if (state == UpstreamState.SENDING || state == UpstreamState.AWAITING_HEAD) {
            finish(status);
        } else if (state == UpstreamState.RELAYING) {
            abort();
        }
    }

    // ---- the response, as the intake and the relay tell of it

    /** The intake: a head is there. */
    void headRead(int status) {
        attempts.headRead(status, now());
        link.headRead(now());
    }

    /** The intake asks whether another peer shall answer instead; if so, that is under way. */
    boolean passesOver(int status) {
        NextCondition condition = NextCondition.ofStatus(status);
        if (condition == null || !retries.allowNextAfter(condition, now())) {
            return false;
        }
        endAttempt();
        dropConnection();
        link.passOn(condition.isCounted(), now());
        connect();
        return true;
    }

    /** The intake: the response is the client's, head first. */
    void relaying() {
        exchange().blame().settle();
        state = UpstreamState.RELAYING;
        link.headAccepted();
    }

    /** The relay: there is room again. */
    void relayHasRoom() {
        intake.goOn();
    }

    /** The events: the upstream has no more to read for now. */
    void relayReadComplete() {
        relay.readComplete();
    }

    /** The relay: what waits can't be had back. */
    void relayBroken() {
        stop();
        abort();
    }

    /** Gives connection and peer back: the connection is kept if nothing is open on it. */
    void endUpstream(ByteBuf in) {
        endAttempt();
        boolean clean = codec.isBodyEnded() && sender.isDone();
        if (in.isReadable() && codec.isBodyEnded() && !codec.readRest(in)) {
            exchange().log(FaultKind.BODY_EXCESS, Severity.WARN,
                    "upstream sent more data than specified in the response" + Fault.READING);
            clean = false;
        }
        clean = clean && codec.keepsAlive();
        sender.stop();
        link.giveBackConnection(clean);
        link.giveBackPeer(false, now());
    }

    /** The response was whole when the connection ended. */
    void endUpstreamByClose() {
        endAttempt();
        dropConnection();
        link.giveBackPeer(false, now());
    }

    /** The upstream is done with; the relay has the rest. */
    void done() {
        state = UpstreamState.DONE;
    }

    /** The upstream is done with, and the request goes on elsewhere. */
    void done(Outcome elsewhere) {
        state = UpstreamState.DONE;
        answer(elsewhere);
    }

    // ---- failure

    /** An exception that is our fault: the client gets what can be had. */
    void bug(Throwable cause) {
        Exchange ex = exchange;
        if (ex != null && !ex.isDone()) {
            stop();
            ErrorPages.bug(ex, cause);
        }
    }

    /** The attempt came to nothing: another begins, or the client hears of it. */
    void fail(Fault fault) {
        Exchange ex = exchange();
        FaultKind kind = fault.kind();
        // Who is asked stands in the attempt; what a look-up says stands in its message.
        ex.blame().log(kind, fault.message(), new UpstreamFailure(fault, settings(), attempts, now()));
        if (state == UpstreamState.RELAYING || ex.response().headSent()) {
            if (kind.side() == FaultKind.Side.UPSTREAM) {
                link.answerCut();
            }
            stop();
            abort();
            return;
        }
        Attempt attempt = attempts.last();
        attempt.status = kind.status();
        endAttempt();
        NextCondition condition = kind.retriedOn();
        boolean wasSent = state != UpstreamState.CONNECTING && state != UpstreamState.HANDSHAKING && !sender.isUnsent();
        boolean diedIdle = condition == NextCondition.ERROR && link.isReused() && attempt.bytesReceived == 0;
        dropConnection();
        long now = now();
        if (diedIdle && retries.allowSamePeer(now)) {
            // It ended while it was idle, for all that we know: the peer is not to blame, and gets another chance.
            link.stayWithPeer();
            connect();
            return;
        }
        link.passOn(kind.isCounted(), now);
        if (retries.allowNext(condition, wasSent, now)) {
            connect();
        } else if (!cache.answersFailure(condition)) {
            if (kind.status() == 502 || kind.status() == 504) {
                cache.failed(kind.status(), false);
            }
            finish(kind.status());
        }
    }

    /** Answers by a status, for want of a response. */
    void finish(int status) {
        Exchange ex = exchange();
        stop();
        if (ex.response().headSent()) {
            abort();
            return;
        }
        answer(ex.finish(status));
    }

    /** The head is out already: the client must see that what follows is missing. */
    private void abort() {
        state = UpstreamState.FAILED;
        relay.abort();
    }

    /** Lets go of peer and connection. */
    void stop() {
        if (attempts.count() > 0 && upstreamActive()) {
            endAttempt();
        }
        dropConnection();
        link.giveBackPeer(false, now());
        state = UpstreamState.FAILED;
    }

    private boolean upstreamActive() {
        return state != UpstreamState.DONE && state != UpstreamState.FAILED && state != UpstreamState.READING_BODY;
    }

    private void dropConnection() {
        preparation.cancel();
        sender.stop();
        link.drop();
    }

    private void endAttempt() {
        UpstreamTunnel both = tunnel;
        attempts.ended(sender.bytesSent() + (both == null ? 0 : both.bytesSent()), now());
    }

    private long now() {
        return worker.clock().millis();
    }

    // ---- tunnels

    /** The intake: it goes over to another protocol. */
    void startTunnel(ByteBuf in) {
        state = UpstreamState.TUNNEL;
        UpstreamTunnel both = new UpstreamTunnel(this, exchange(), link.connection(), settings());
        tunnel = both;
        sender.stop();
        codec.trim();
        exchange().response().fields().trim();
        exchange().request().fields().trim();
        exchange().stream().startTunnel(exchange(), both);
        if (in.isReadable() && state == UpstreamState.TUNNEL) {
            both.takeFromUpstream(in);
        }
    }

    /** The tunnel is over. */
    void tunnelEnded() {
        if (state == UpstreamState.TUNNEL) {
            endAttempt();
            dropConnection();
            link.giveBackPeer(false, now());
            state = UpstreamState.DONE;
            exchange().stream().endTunnel();
        }
    }

    // ---- the client

    @Override
    public void clientWritable() {
        relay.clientWritable();
    }

    @Override
    public void clientGone() {
        Exchange ex = exchange();
        if ((settings().ignoresClientAbort || intake.copies() || !intake.hasHead() && cache.mayKeep())
                && upstreamActive() || state == UpstreamState.TUNNEL) {
            return;
        }
        boolean active = upstreamActive();
        if (active && state == UpstreamState.RESOLVING) {
            ex.blame().log(FaultKind.CLIENT_CLOSED, "client prematurely closed connection");
        } else if (active) {
            ex.blame().log(FaultKind.CLIENT_CLOSED, "client prematurely closed connection, so upstream connection is"
                    + " closed too" + UpstreamLogText.doing(state));
            if (!intake.hasHead()) {
                attempts.last().status = 499;
            }
        }
        stop();
        // What had failed before keeps its status.
        if (!ex.response().headSent() && (active || ex.response().status() == 0)) {
            ex.response().status(499);
        }
        ex.stream().closeWithoutAnswer(ex);
    }

    @Override
    public void release() {
        boolean goesOn = sender.isDone()
                && (state == UpstreamState.AWAITING_HEAD && (cache.outlivesClient() || settings().ignoresClientAbort)
                        || state == UpstreamState.RELAYING && (intake.copies() || settings().ignoresClientAbort));
        relay.release();
        if (goesOn) {
            state = UpstreamState.ORPHANED;
            orphan.begin(intake.hasHead());
            awaitMore();
            link.connection().reads(true);
            return;
        }
        if (upstreamActive()) {
            stop();
        }
        tunnel = null;
    }

    /** The time limit for what comes next runs from now. */
    void awaitMore() {
        link.connection().deadline().arm(settings().readTimeoutMillis);
    }

    void endOrphan() {
        dropConnection();
        link.giveBackPeer(false, now());
        makeSpare();
    }

    /** The request is over, logged and all: nobody reads what is kept here any more. */
    public void requestEnded() {
        if (state == UpstreamState.ORPHANED) {
            exchange = null;
            link.orphan();
        } else {
            makeSpare();
        }
    }

    private void makeSpare() {
        probing = false;
        state = UpstreamState.SPARE;
        intake.abandonCopy();
        cache.clear();
        exchange = null;
        protocol = null;
        settings = null;
        upstream = null;
        tunnel = null;
        preparation.clear();
        attempts.clear();
        link.clear();
        retries.clear();
        codec.clear();
        upstreams.giveBack(this, codecClass);
    }

    // ---- what others may ask

    /** The attempts of the request so far. */
    public Attempts attempts() {
        return attempts;
    }

    Attempt attempt() {
        return attempts.last();
    }

    UpstreamEvents events() {
        return events;
    }

    /** The codec, for its protocol's own module. */
    public UpstreamCodec codec() {
        return codec;
    }

    /** The codec with the last head, or null when no head came. */
    public @Nullable UpstreamHead head() {
        CacheLookup kept = cache.lookup();
        UpstreamHead answering = kept == null ? null : kept.answering();
        return answering != null ? answering : intake.hasHead() ? codec : null;
    }

    /** Whether nobody sent the request. */
    boolean isProbe() {
        return probing;
    }

    /** Where it stands. */
    public UpstreamState state() {
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

    /** The peer that was chosen last, or null before the first. */
    public @Nullable Peer lastPeer() {
        return link.lastPeer();
    }

    UpstreamTunnel tunnel() {
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
        if (state == UpstreamState.READING_BODY || state == UpstreamState.SPARE || upstream == null) {
            return null;
        }
        return UpstreamLogText.url(worker, codec, link.peer(), attempts);
    }
}
