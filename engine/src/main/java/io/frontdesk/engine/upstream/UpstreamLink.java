package io.frontdesk.engine.upstream;

import io.frontdesk.codec.Bytes;
import io.frontdesk.engine.fault.Fault;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.tls.VariableCertificates;
import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.connect.ConnectAttempt;
import io.frontdesk.net.connect.ConnectFault;
import io.frontdesk.net.connect.Connector;
import io.frontdesk.net.tls.TlsContext;
import io.frontdesk.net.tls.TlsContexts;
import io.frontdesk.net.tls.TlsSession;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * How an exchange comes to a connection: the peer that is chosen, the connection that is taken from the pool or made, and what becomes of
 * both afterwards. Owned by its upstream exchange and reused; loop only.
 */
final class UpstreamLink implements Connector.Outcome {
    private final UpstreamExchange owner;
    private final Worker worker;
    private final LoopUpstreams upstreams;
    private final Choice choice = new Choice();
    private @Nullable UpstreamConnection connection;
    private @Nullable ConnectAttempt connecting;
    private boolean awaitsConnect;
    private boolean staysWithPeer;
    private UpstreamTls.@Nullable Key tls;
    private @Nullable TlsContext context;
    private int serial;

    UpstreamLink(UpstreamExchange owner, Worker worker, LoopUpstreams upstreams) {
        this.owner = owner;
        this.worker = worker;
        this.upstreams = upstreams;
    }

    /** Starts to choose among the peers of an upstream; {@code maxTries} is 0 for no limit but their number. */
    void begin(Upstream to, Exchange forExchange, int maxTries) {
        if (forExchange.trace() != null) {
            AssumedMembers.of(to, forExchange.trace());
        }
        choice.begin(to, forExchange, maxTries);
    }

    /** How many more peers may be tried. */
    int tries() {
        return choice.tries();
    }

    /** The peer that is chosen now, or null. */
    @Nullable
    Peer peer() {
        return choice.peer();
    }

    /** The connection that carries the attempt. */
    UpstreamConnection connection() {
        return present(connection);
    }

    /** The same, or null when there is none. */
    @Nullable
    UpstreamConnection connectionIfAny() {
        return connection;
    }

    /** Whether the attempt runs on a connection that was kept from a request before. */
    boolean isReused() {
        UpstreamConnection c = connection;
        return c != null && c.isReused();
    }

    /** The next {@link #connect} makes a new connection to the peer that is chosen already. */
    void stayWithPeer() {
        staysWithPeer = true;
    }

    /** Chooses a peer, and takes or makes a connection to it: tells its owner, perhaps before this returns. */
    void connect(Upstream to, UpstreamSettings settings, Attempt attempt, long nowMillis) {
        boolean fresh = staysWithPeer;
        staysWithPeer = false;
        Peer peer = fresh ? choice.peer() : choice.next(nowMillis);
        if (peer == null) {
            attempt.peer = Bytes.of(to.name()).toArray();
            owner.fail(Fault.NO_LIVE_UPSTREAMS);
            return;
        }
        attempt.peer = peer.nameBytes();
        if (owner.exchange().trace() != null) {
            owner.exchange().trace().asks(to);
        }
        IdlePool pool = upstreams.pool(to);
        // explain: what is sent is the same in the clear
        UpstreamTls secured = owner.exchange().trace() == null ? settings.tls : null;
        tls = secured == null ? null : new UpstreamTls.Key(secured, secured.nameFor(owner.exchange()));
        UpstreamConnection idle = fresh ? null : pool.take(peer, settings, tls, owner.codec() instanceof Http2Codec);
        if (idle == null) {
            if (secured == null) {
                open(peer, pool, settings);
            } else {
                openSecured(secured, peer, pool, settings);
            }
            return;
        }
        connection = idle;
        idle.use(owner.events(), settings);
        owner.send();
    }

    private void openSecured(UpstreamTls secured, Peer peer, IdlePool pool, UpstreamSettings settings) {
        VariableCertificates variable = secured.variable();
        context = secured.context();
        if (variable == null) {
            open(peer, pool, settings);
            return;
        }
        owner.connecting();
        awaitsConnect = true;
        int mine = ++serial;
        variable.find(variable.names(owner.exchange()), worker.loop()::execute, found -> {
            TlsContexts.Lease lease = found instanceof VariableCertificates.Found.Context c ? c.lease() : null;
            if (mine == serial && awaitsConnect) {
                if (lease != null) {
                    context = lease.context();
                    open(peer, pool, settings);
                } else if (found instanceof VariableCertificates.Found.Failed failed) {
                    awaitsConnect = false;
                    owner.fail(new Fault(FaultKind.TLS_OWN_CERTIFICATE, failed.message() + Fault.CONNECTING));
                }
            }
            if (lease != null) {
                // Closing it takes a lock for a moment, which is no loop's business.
                Thread.ofVirtual().start(lease::close);
            }
        });
    }

    private void open(Peer peer, IdlePool pool, UpstreamSettings settings) {
        owner.connecting();
        awaitsConnect = true;
        connection = new UpstreamConnection(worker, peer, pool);
        int mine = ++serial;
        String path = peer.unixPath();
        ConnectAttempt begun;
        if (path != null) {
            begun = upstreams.connector().connectUnix(path, settings.connecting, this);
        } else {
            InetSocketAddress address = present(peer.socketAddress());
            begun = upstreams.connector().connect(address, LocalAddress.options(owner.exchange(), settings), this);
        }
        // A failure that came at once may have begun another attempt already.
        if (mine == serial && awaitsConnect) {
            connecting = begun;
        }
    }

    @Override
    public void prepare(Channel channel) {
        UpstreamConnection made = connection();
        made.attach(channel);
        UpstreamTls.Key by = tls;
        TlsContext with = context;
        if (by != null && with != null) {
            context = null;
            made.secure(with, by);
        }
    }

    @Override
    public void connected(Channel channel) {
        connecting = null;
        awaitsConnect = false;
        connection().use(owner.events(), owner.settings());
        if (tls == null) {
            owner.send();
            return;
        }
        owner.handshaking();
        connection().deadline().arm(owner.settings().connecting.timeoutMillis());
    }

    /** TLS is agreed on: what is wrong with the other side's certificate, or null. */
    @Nullable
    String complaint(TlsSession session) {
        UpstreamTls.Key by = tls;
        return by == null ? null : by.tls().complaint(session, by.name());
    }

    @Override
    public void failed(ConnectFault fault) {
        connecting = null;
        awaitsConnect = false;
        owner.fail(Fault.of(fault));
    }

    /** Closes the connection, or gives up making it. */
    void drop() {
        ConnectAttempt begun = connecting;
        awaitsConnect = false;
        if (begun != null) {
            connecting = null;
            begun.cancel();
        }
        UpstreamConnection c = connection;
        if (c != null) {
            connection = null;
            c.close();
        }
    }

    /** Gives the connection up, to be kept when it is clean. */
    void giveBackConnection(boolean clean) {
        UpstreamConnection c = connection;
        connection = null;
        if (c != null) {
            c.giveBack(clean);
        }
    }

    /** Gives the peer back, and counts what came of the attempt. */
    void giveBackPeer(boolean failed, long nowMillis) {
        choice.giveBack(failed, nowMillis);
    }

    /** Gives the peer back as the request goes on elsewhere; {@code failed}: to the peer's discredit. */
    void passOn(boolean failed, long nowMillis) {
        choice.passOn(failed, nowMillis);
    }

    /** The response was broken off when its head was the client's already. */
    void answerCut() {
        choice.answerCut();
    }

    /** The head of a response came. */
    void headRead(long nowMillis) {
        choice.headRead(nowMillis);
    }

    /** That response is the client's. */
    void headAccepted() {
        choice.headAccepted();
    }

    /** The request is over before the peer is. */
    void orphan() {
        choice.orphan();
    }

    /** The peer that was chosen last, or null. */
    @Nullable
    Peer lastPeer() {
        return choice.last();
    }

    /** Forgets all. */
    void clear() {
        choice.clear();
        staysWithPeer = false;
        tls = null;
        context = null;
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("not connected");
        }
        return value;
    }
}
