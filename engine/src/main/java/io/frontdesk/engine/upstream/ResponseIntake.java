package io.frontdesk.engine.upstream;

import io.frontdesk.config.Severity;
import io.frontdesk.engine.cache.CacheLookup;
import io.frontdesk.engine.fault.Fault;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Outcome;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an upstream answers: decides by the head whether it is the answer (or another peer, an error page or another location has
 * it), and hands the body to the relay. Owned by its upstream exchange and reused; loop only.
 */
final class ResponseIntake {
    private final UpstreamExchange owner;
    private final UpstreamCodec codec;
    private final ResponseRelay relay;
    private final UpstreamLink link;
    private boolean hasHead;
    private long earlyHintBytes;
    private @Nullable ResponseCopy copy;

    ResponseIntake(UpstreamExchange owner, UpstreamCodec codec, ResponseRelay relay, UpstreamLink link) {
        this.owner = owner;
        this.codec = codec;
        this.relay = relay;
        this.link = link;
    }

    /** Another request. */
    void begin() {
        hasHead = false;
        earlyHintBytes = 0;
    }

    /** Whether a head has come. */
    boolean hasHead() {
        return hasHead;
    }

    /** Reads on in the head, and in what follows it. */
    void readHead(ByteBuf in) {
        while (true) {
            switch (codec.readHead(in)) {
                case NEED_MORE -> {
                    if (owner.state() == UpstreamState.AWAITING_HEAD) {
                        awaitMore();
                    }
                    return;
                }
                case INTERIM -> passInterim();
                case REFUSED -> {
                    owner.fail(codec.refusal());
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
        Exchange ex = owner.exchange();
        if (codec.status() != 103 || !ex.location().core().passesEarlyHints(ex)) {
            return;
        }
        earlyHintBytes += codec.fields().bytes().length();
        if (earlyHintBytes > owner.settings().bufferSize) {
            ex.log(Severity.INFO, "upstream sent too big early hints" + Fault.READING_HEAD);
            return;
        }
        ResponseFields.passEarlyHints(ex, codec.fields(), owner.settings());
    }

    private void takeHead(ByteBuf in) {
        Exchange ex = owner.exchange();
        UpstreamSettings settings = owner.settings();
        int status = codec.status();
        hasHead = true;
        owner.headRead(codec.answersUnasked() ? 0 : status);
        if (status == 101 && !codec.isUpgrade()) {
            owner.fail(Fault.UNEXPECTED_UPGRADE);
            return;
        }
        if (status >= 300 && !owner.isProbe()) {
            if (owner.passesOver(status) || owner.cache().answersInstead(in)) {
                return;
            }
            if (settings.interceptsErrors && ResponseFields.intercept(ex, codec)) {
                owner.cache().failed(status, true);
                owner.endUpstream(in);
                owner.finish(status);
                return;
            }
        }
        Outcome jump = owner.isProbe() ? null : ResponseFields.accelRedirect(ex, codec, settings);
        if (jump != null) {
            owner.endUpstream(in);
            owner.done(jump);
            return;
        }
        boolean buffering = ResponseFields.pass(ex, codec, settings, owner.protocol());
        relay.begin(ex, settings, buffering);
        CacheLookup cached = owner.cached();
        copy = buffering ? copy(ex, settings.keeper) : null;
        if (copy == null && cached != null) {
            cached.settled();
        } else if (cached != null) {
            ResponseFields.judgeHere(ex, codec, false);
        }
        owner.relaying();
        if (ex.trace() != null) {
            ex.trace().relays(ex);
        }
        ex.responder().sendHead();
        if (codec.isUpgrade()) {
            owner.startTunnel(in);
        } else if (codec.isBodyEnded()) {
            end(in, 0);
        } else {
            awaitMore();
            link.connection().readLimit(relay.readLimit());
            readBody(in);
        }
    }

    /** Reads on in the body. */
    void readBody(ByteBuf in) {
        if (owner.state() != UpstreamState.RELAYING) {
            return;
        }
        awaitMore();
        while (true) {
            switch (codec.readBody(in)) {
                case NEED_MORE -> {
                    heedFull();
                    return;
                }
                case REFUSED -> {
                    owner.fail(codec.refusal());
                    return;
                }
                case END -> {
                    end(in, 0);
                    return;
                }
                case DATA -> {
                    owner.attempt().responseLength += codec.dataLength();
                    readCopy(in);
                    if (codec.isBodyEnded()) {
                        end(in, codec.dataLength());
                        return;
                    }
                    relay.read(in, codec.dataOffset(), codec.dataLength());
                    if (owner.state() == UpstreamState.ORPHANED) {
                        owner.events().drainOrphan(in);
                    }
                    if (owner.state() != UpstreamState.RELAYING) {
                        return;
                    }
                }
            }
        }
    }

    // ---- the copy of what is stored or cached

    /** The head of an answer has come whose client is gone. */
    void takeOrphanedHead() {
        hasHead = true;
        copy = owner.cache().keepOrphan();
    }

    private @Nullable ResponseCopy copy(Exchange ex, @Nullable ResponseKeeper keeper) {
        if (ex.trace() != null) {
            // an answer that is made up is none to keep
            return null;
        }
        CacheLookup cached = owner.cached();
        if (cached != null) {
            return cached.keep(ex, codec);
        }
        return keeper == null ? null : keeper.begin(ex, codec);
    }

    /** Whether somebody wants the response even when its client is gone. */
    boolean copies() {
        return copy != null;
    }

    /** Gives the part that the codec has read to who gets a copy. */
    void readCopy(ByteBuf in) {
        ResponseCopy to = copy;
        if (to != null) {
            to.read(in, codec.dataOffset(), codec.dataLength());
        }
    }

    /** The body is whole. */
    void endCopy() {
        ResponseCopy to = copy;
        if (to != null) {
            copy = null;
            to.end();
        }
    }

    /** The body is not whole, and never will be. */
    void abandonCopy() {
        ResponseCopy to = copy;
        if (to != null) {
            copy = null;
            to.abandon();
        }
    }

    /** The response has ended exactly; its last part may be at hand. */
    private void end(ByteBuf in, int dataLength) {
        endCopy();
        ResponseFields.passTrailers(owner.exchange(), codec, owner.settings());
        int offset = codec.dataOffset();
        owner.endUpstream(in);
        owner.done();
        relay.end(in, offset, dataLength);
    }

    /** The connection has ended, and with it the body, which is whole. */
    void endByClose() {
        endCopy();
        owner.endUpstreamByClose();
        owner.done();
        relay.end();
    }

    private void awaitMore() {
        link.connection().deadline().arm(owner.settings().readTimeoutMillis);
    }

    private void heedFull() {
        UpstreamConnection c = link.connectionIfAny();
        if (c != null && relay.isFull()) {
            c.reads(false);
            c.readLimit(relay.readLimit());
            c.deadline().disarm();
        }
    }

    /** The relay has room again. */
    void goOn() {
        UpstreamConnection c = link.connectionIfAny();
        if (c != null && owner.state() == UpstreamState.RELAYING) {
            c.deadline().arm(owner.settings().readTimeoutMillis);
            c.reads(true);
        }
    }
}
