package io.frontdesk.engine.upstream;

import io.frontdesk.engine.core.CoreSettings;
import io.frontdesk.engine.fault.Fault;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.resolve.LoopResolvers;
import io.frontdesk.engine.resolve.Resolution;
import io.frontdesk.engine.resolve.ResolveFault;
import io.frontdesk.engine.resolve.Resolver;
import io.frontdesk.engine.trace.Trace;
import io.frontdesk.engine.worker.Worker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the addresses of a name that was put together at run time, for one exchange. Owned by its upstream exchange and reused; loop only. */
final class NameLookup implements Resolution.Listener {
    private final RequestPreparation owner;
    private final Worker worker;
    private @Nullable HostPort name;
    private @Nullable Resolution resolution;
    private boolean asking;

    NameLookup(RequestPreparation owner, Worker worker) {
        this.owner = owner;
        this.worker = worker;
    }

    /** There is a name to find, when the request is ready. */
    void set(HostPort value) {
        name = value;
    }

    boolean isSet() {
        return name != null;
    }

    /** Asks the resolver of the exchange's location; what comes of it may come before this returns. */
    void start(Exchange ex) {
        if (ex.trace() != null) {
            explain(ex.trace(), ex.location().core().resolver() != null);
            return;
        }
        CoreSettings core = ex.location().core();
        Resolver resolver = LoopResolvers.of(worker).resolver(core.resolver());
        if (resolver == null) {
            owner.notFound(new Fault(FaultKind.DNS_FAILURE, "no resolver defined to resolve " + name().host()));
            return;
        }
        asking = true;
        Resolution begun = resolver.resolve(name().host(), core.resolverTimeoutMillis(), this);
        if (asking) {
            resolution = begun;
        }
    }

    /** Nobody is asked: the name stands for itself. */
    private void explain(Trace trace, boolean hasResolver) {
        trace.step("resolver", null, hasResolver
                ? "the addresses of " + name().host() + " are looked up while requests run"
                : "no resolver is set here: the name " + name().host() + " can't be looked up, and the answer is 502");
        PeerAddress unknown = new PeerAddress(name().toString(),
                InetSocketAddress.createUnresolved(name().host(), name().port()), null);
        owner.found(Upstream.implicit(name().toString(), List.of(unknown)));
    }

    @Override
    public void resolved(List<InetAddress> addresses, long validSeconds) {
        asking = false;
        resolution = null;
        HostPort found = name();
        owner.found(Upstream.implicit(found.toString(),
                addresses.stream().map(address -> PeerAddress.of(address, found.port())).toList()));
    }

    @Override
    public void failed(ResolveFault fault) {
        asking = false;
        resolution = null;
        owner.notFound(new Fault(FaultKind.DNS_FAILURE, name().host() + " could not be resolved " + fault.reason()));
    }

    /** Nobody waits for it any more. */
    void cancel() {
        Resolution begun = resolution;
        asking = false;
        resolution = null;
        if (begun != null) {
            begun.cancel();
        }
    }

    /** Forgets the name. */
    void clear() {
        cancel();
        name = null;
    }

    private HostPort name() {
        HostPort known = name;
        if (known == null) {
            throw new IllegalStateException("there is no name to find");
        }
        return known;
    }
}
