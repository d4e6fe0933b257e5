package io.frontdesk.engine.upstream;

import io.frontdesk.engine.fault.Fault;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.net.Errno;
import io.frontdesk.net.tls.TlsSession;
import io.netty.buffer.ByteBuf;

/**
 * What happens on the connection of an exchange with an upstream, and what that means where the exchange stands. Owned by its upstream
 * exchange and reused; loop only.
 */
final class UpstreamEvents implements UpstreamUser {
    private final UpstreamExchange owner;
    private final UpstreamCodec codec;
    private final Sender sender;
    private final ResponseIntake intake;
    private final OrphanDrain orphan;

    UpstreamEvents(UpstreamExchange owner, UpstreamCodec codec, Sender sender, ResponseIntake intake,
            OrphanDrain orphan) {
        this.owner = owner;
        this.codec = codec;
        this.sender = sender;
        this.intake = intake;
        this.orphan = orphan;
    }

    @Override
    public void takeInput(ByteBuf in) {
        try {
            if (sender.isAnsweredBefore()) {
                // Bytes on a connection that was idle belong to no request; this one was not sent yet.
                owner.fail(Fault.CLOSED_BEFORE_HEAD);
                return;
            }
            owner.attempt().bytesReceived += in.readableBytes();
            switch (owner.state()) {
                case SENDING, AWAITING_HEAD -> intake.readHead(in);
                case RELAYING -> intake.readBody(in);
                case TUNNEL -> owner.tunnel().takeFromUpstream(in);
                case ORPHANED -> drainOrphan(in);
                default -> {
                }
            }
        } finally {
            in.release();
        }
    }

    /** The client is gone: reads on for whoever else wants the response. */
    void drainOrphan(ByteBuf in) {
        owner.awaitMore();
        if (!orphan.drain(in)) {
            owner.endOrphan();
        }
    }

    @Override
    public void readComplete() {
        sender.readComplete();
        switch (owner.state()) {
            case RELAYING -> owner.relayReadComplete();
            case TUNNEL -> owner.tunnel().upstreamReadComplete();
            default -> {
            }
        }
    }

    @Override
    public void writable() {
        if (owner.state() == UpstreamState.TUNNEL) {
            owner.tunnel().upstreamWritable();
        } else {
            sender.writable();
        }
    }

    @Override
    public void inputEnded() {
        switch (owner.state()) {
            case HANDSHAKING -> tlsFailed("peer closed connection in SSL handshake");
            case SENDING, AWAITING_HEAD -> owner.fail(Fault.CLOSED_BEFORE_HEAD);
            case RELAYING -> {
                if (codec.isBodyEndedByClose()) {
                    intake.endByClose();
                } else {
                    owner.fail(Fault.BODY_TRUNCATED);
                }
            }
            case TUNNEL -> owner.tunnel().upstreamEnded();
            case ORPHANED -> {
                if (codec.isBodyEndedByClose() && intake.hasHead()) {
                    intake.endCopy();
                }
                owner.endOrphan();
            }
            default -> {
            }
        }
    }

    @Override
    public void peerReset() {
        if (owner.state() == UpstreamState.TUNNEL) {
            owner.tunnel().upstreamEnded();
        }
    }

    @Override
    public void broken(Errno errno) {
        switch (owner.state()) {
            case HANDSHAKING -> tlsFailed("peer closed connection in SSL handshake " + errno);
            case SENDING -> owner.fail(new Fault(FaultKind.SEND_FAILED, "send() failed " + errno + Fault.SENDING));
            case AWAITING_HEAD ->
                owner.fail(new Fault(FaultKind.RESET_BEFORE_HEAD, "recv() failed " + errno + Fault.READING_HEAD));
            case RELAYING -> owner.fail(new Fault(FaultKind.BODY_RESET, "recv() failed " + errno + Fault.READING));
            case TUNNEL -> owner.tunnel().upstreamEnded();
            case ORPHANED -> owner.endOrphan();
            default -> {
            }
        }
    }

    @Override
    public void timedOut() {
        switch (owner.state()) {
            case HANDSHAKING -> owner.fail(Fault.HANDSHAKE_TIMEOUT);
            case SENDING -> {
                if (!sender.hasProgressed()) {
                    owner.fail(Fault.SEND_TIMEOUT);
                }
            }
            case AWAITING_HEAD -> owner.fail(Fault.READ_TIMEOUT);
            case RELAYING -> owner.fail(Fault.BODY_TIMEOUT);
            case TUNNEL -> owner.tunnel().timedOut();
            case ORPHANED -> owner.endOrphan();
            default -> {
            }
        }
    }

    @Override
    public void tlsEstablished(TlsSession session) {
        if (owner.state() == UpstreamState.HANDSHAKING) {
            owner.handshaken(session);
        }
    }

    @Override
    public void tlsFailed(String message) {
        switch (owner.state()) {
            case HANDSHAKING -> owner.fail(new Fault(FaultKind.TLS_HANDSHAKE, message + Fault.HANDSHAKING));
            case SENDING -> owner.fail(new Fault(FaultKind.SEND_FAILED, message + Fault.SENDING));
            case AWAITING_HEAD -> owner.fail(new Fault(FaultKind.RESET_BEFORE_HEAD, message + Fault.READING_HEAD));
            case RELAYING -> owner.fail(new Fault(FaultKind.BODY_RESET, message + Fault.READING));
            case TUNNEL -> owner.tunnel().upstreamEnded();
            case ORPHANED -> owner.endOrphan();
            default -> {
            }
        }
    }

    @Override
    public void bug(Throwable cause) {
        owner.bug(cause);
    }
}
