package io.frontdesk.engine.upstream;

import io.frontdesk.engine.fault.Fault;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.RequestBody;
import io.frontdesk.engine.trace.Trace;
import io.frontdesk.engine.worker.Worker;

/**
 * What is done before an upstream is asked: the request's body is read, unless it passes as it comes; what is asked is decided; a name is
 * looked up. Owned by its upstream exchange and reused; loop only.
 */
final class RequestPreparation implements RequestBody.Whole {
    private final UpstreamExchange owner;
    private final UpstreamCodec codec;
    private final NameLookup lookup;

    RequestPreparation(UpstreamExchange owner, UpstreamCodec codec, Worker worker) {
        this.owner = owner;
        this.codec = codec;
        this.lookup = new NameLookup(this, worker);
    }

    /** There is a name to find first. */
    void lookUp(HostPort name) {
        lookup.set(name);
    }

    /** Starts; {@link UpstreamExchange#begin} or {@link UpstreamExchange#finish} ends it, perhaps before this returns. */
    void start(Exchange ex, boolean streams) {
        if (streams) {
            bodyReady();
        } else {
            ex.body().readWhole(this);
        }
    }

    @Override
    public void bodyReady() {
        if (owner.state() != UpstreamState.READING_BODY) {
            return;
        }
        int refused = codec.prepare(owner);
        if (refused != 0) {
            owner.finish(refused);
            return;
        }
        if (!owner.cache().answers()) {
            goOn();
        }
    }

    /** Nobody else answers: the upstream is asked. */
    void goOn() {
        Trace trace = owner.exchange().trace();
        if (trace != null) {
            trace.prepares();
        }
        // nginx: variables are what they are before a connection is made; requests inside this one may set them until then
        if (owner.exchange().hasSubrequests() && !codec.compose()) {
            owner.finish(500);
            return;
        }
        if (lookup.isSet()) {
            owner.resolving();
            lookup.start(owner.exchange());
        } else {
            owner.begin();
        }
    }

    @Override
    public void bodyFailed(int status) {
        if (owner.state() != UpstreamState.FAILED && owner.state() != UpstreamState.DONE) {
            owner.finish(status);
        }
    }

    /** The look-up: the name stands for these addresses. */
    void found(Upstream addresses) {
        owner.begin(addresses);
    }

    /** The look-up: the name stands for nothing. */
    void notFound(Fault fault) {
        owner.exchange().blame().log(fault.kind(), fault.message(), fault::message);
        owner.finish(fault.kind().status());
    }

    /** Nobody waits for it any more. */
    void cancel() {
        lookup.cancel();
    }

    /** Forgets the name. */
    void clear() {
        lookup.clear();
    }
}
