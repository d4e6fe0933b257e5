package io.frontdesk.engine.upstream;

import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.resolve.LoopResolvers;
import io.frontdesk.engine.resolve.Resolution;
import io.frontdesk.engine.resolve.ResolveFault;
import io.frontdesk.engine.resolve.Resolver;
import io.frontdesk.engine.resolve.ResolverSettings;
import io.frontdesk.engine.resolve.ServiceAddress;
import io.frontdesk.engine.resolve.ServiceLookup;
import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.loop.Deadline;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks up the names of an upstream's servers again and again, as long as their answers say, and changes its members accordingly; while a
 * look-up fails they stay. Made and stopped by the control plane; all else happens on one loop.
 */
final class NameRefresh {
    /** nginx: no sooner than this after a failure. */
    private static final long MIN_RETRY_MILLIS = 1000;

    private final Worker worker;
    private final Upstream upstream;
    private final ResolverSettings settings;
    private final long timeoutMillis;
    private final List<Asking> askings = new ArrayList<>();
    private boolean stopped;

    NameRefresh(Worker worker, Upstream upstream, ResolverSettings settings, long timeoutMillis) {
        this.worker = worker;
        this.upstream = upstream;
        this.settings = settings;
        this.timeoutMillis = timeoutMillis;
    }

    /** Any thread. */
    void start() {
        worker.loop().execute(() -> {
            for (NamedServer named : upstream.names()) {
                Asking asking = new Asking(named);
                askings.add(asking);
                asking.ask();
            }
        });
    }

    /** Any thread. */
    void stop() {
        worker.loop().execute(() -> {
            stopped = true;
            askings.forEach(Asking::stop);
        });
    }

    /** One name. */
    private final class Asking implements Resolution.Listener, ServiceLookup.Listener {
        private final NamedServer named;
        private final Deadline deadline;
        private @Nullable Resolution resolution;
        private @Nullable ServiceLookup lookup;

        Asking(NamedServer named) {
            this.named = named;
            this.deadline = new Deadline(worker.wheel(), _ -> ask());
        }

        void ask() {
            Resolver resolver = LoopResolvers.of(worker).resolver(settings);
            if (resolver == null || stopped) {
                return;
            }
            if (named.isService()) {
                lookup = ServiceLookup.start(resolver, named.service(), named.host(), timeoutMillis, this);
            } else {
                resolution = resolver.renew(named.host(), timeoutMillis, this);
            }
        }

        void stop() {
            deadline.release();
            if (resolution != null) {
                resolution.cancel();
            }
            if (lookup != null) {
                lookup.cancel();
            }
        }

        @Override
        public void resolved(List<InetAddress> addresses, long validSeconds) {
            List<PeerUpdate.Found> found = new ArrayList<>();
            for (InetAddress address : addresses) {
                found.add(new PeerUpdate.Found(PeerAddress.of(address, named.port()), named.text(),
                        named.parameters().weight(), false));
            }
            update(found, validSeconds);
        }

        @Override
        public void found(List<ServiceAddress> addresses, long validSeconds) {
            int first = addresses.stream().mapToInt(ServiceAddress::priority).min().orElse(0);
            int own = named.parameters().weight();
            List<PeerUpdate.Found> found = new ArrayList<>();
            for (ServiceAddress address : addresses) {
                // nginx: a weight on the line goes before that of a record
                found.add(new PeerUpdate.Found(PeerAddress.of(address.address(), address.port()), address.name(),
                        own == 1 ? address.weight() : own, address.priority() != first));
            }
            update(found, validSeconds);
        }

        @Override
        public void hostFailed(String host, ResolveFault fault) {
            worker.errorLog().log(FaultKind.DNS_FAILURE, Severity.ERROR,
                    host + " could not be resolved " + fault.reason()
                            + " while resolving service " + named.service() + " of " + named.host());
        }

        @Override
        public void failed(ResolveFault fault) {
            worker.errorLog().log(FaultKind.DNS_FAILURE, Severity.ERROR,
                    (named.isService() ? "service " + named.service() + " of " : "") + named.host()
                            + " could not be resolved " + fault.reason());
            if (fault.isNotFound()) {
                update(List.of(), fault.validSeconds());
            } else {
                again(Math.max(timeoutMillis, MIN_RETRY_MILLIS));
            }
        }

        private void update(List<PeerUpdate.Found> found, long validSeconds) {
            if (!stopped) {
                upstream.members(PeerUpdate.of(upstream, named, found));
                again(1000 * (validSeconds + 1));
            }
        }

        private void again(long millis) {
            if (!stopped) {
                deadline.arm(millis);
            }
        }
    }
}
