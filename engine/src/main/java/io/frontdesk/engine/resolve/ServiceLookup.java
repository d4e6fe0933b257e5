package io.frontdesk.engine.resolve;

import io.frontdesk.codec.dns.DnsRecord;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Somebody's wait for the addresses of a service (RFC 2782): its records, then all hosts that they name. Used on its loop's thread alone. */
public final class ServiceLookup implements Resolution.Sink {
    /** What comes of it: {@code found} or {@code failed}, once, unless it was cancelled. */
    public interface Listener {
        /** The service has these addresses: one at least, in the order of their records. */
        void found(List<ServiceAddress> addresses, long validSeconds);

        /** A host of a record has no address; the others may have some. */
        void hostFailed(String host, ResolveFault fault);

        /** There is no address, or nobody said so in time. */
        void failed(ResolveFault fault);
    }

    private final Resolver resolver;
    private final long timeoutMillis;
    private final Listener listener;
    private final List<Host> hosts = new ArrayList<>();
    private @Nullable Resolution records;
    private int open;
    private boolean cancelled;
    private long validSeconds;

    private ServiceLookup(Resolver resolver, long timeoutMillis, Listener listener) {
        this.resolver = resolver;
        this.timeoutMillis = timeoutMillis;
        this.listener = listener;
    }

    /** Starts to look for a service ({@code http}, or {@code _http._tcp}) of a domain; the listener may hear of it before this returns. */
    public static ServiceLookup start(Resolver resolver, String service, String domain, long timeoutMillis,
            Listener listener) {
        ServiceLookup lookup = new ServiceLookup(resolver, timeoutMillis, listener);
        lookup.records = resolver.renewService(name(service, domain), timeoutMillis, lookup);
        return lookup;
    }

    /** nginx: a service without a dot is one of TCP. */
    static String name(String service, String domain) {
        return (service.indexOf('.') < 0 ? "_" + service + "._tcp" : service) + "." + domain;
    }

    /** Gives up: nothing is heard of it any more. */
    public void cancel() {
        cancelled = true;
        Resolution begun = records;
        if (begun != null) {
            begun.cancel();
        }
        for (Host host : hosts) {
            host.cancel();
        }
    }

    @Override
    public void answered(Answer answer, boolean cached) {
        if (!(answer instanceof Answer.Services services)) {
            listener.failed(resolver.fault(ResolveFault.NOT_FOUND));
            return;
        }
        validSeconds = Math.max(0, services.untilSecond() - resolver.nowSecond());
        for (DnsRecord.Service service : services.records()) {
            hosts.add(new Host(service));
        }
        open = hosts.size();
        for (Host host : List.copyOf(hosts)) {
            host.ask();
        }
    }

    @Override
    public void failed(ResolveFault fault) {
        if (!cancelled) {
            listener.failed(fault);
        }
    }

    private void hostDone() {
        if (--open == 0 && !cancelled) {
            finish();
        }
    }

    private void finish() {
        List<ServiceAddress> all = new ArrayList<>();
        ResolveFault first = null;
        ResolveFault notFound = null;
        for (Host host : hosts) {
            ResolveFault fault = host.fault;
            if (fault == null) {
                host.addTo(all);
                continue;
            }
            listener.hostFailed(host.record.target(), fault);
            first = first == null ? fault : first;
            notFound = fault.isNotFound() ? fault : notFound;
        }
        if (!all.isEmpty()) {
            listener.found(all, validSeconds);
            return;
        }
        // nginx: that one does not exist counts more than that another can't be asked for
        ResolveFault worst = notFound == null ? first : notFound;
        listener.failed(worst == null ? resolver.fault(ResolveFault.NOT_FOUND) : worst);
    }

    /** A host that a record names. */
    private final class Host implements Resolution.Listener {
        private final DnsRecord.Service record;
        private @Nullable Resolution resolution;
        private List<InetAddress> addresses = List.of();
        private @Nullable ResolveFault fault;

        Host(DnsRecord.Service record) {
            this.record = record;
        }

        void ask() {
            resolution = resolver.renew(record.target(), timeoutMillis, this);
        }

        void cancel() {
            Resolution begun = resolution;
            if (begun != null) {
                begun.cancel();
            }
        }

        @Override
        public void resolved(List<InetAddress> found, long valid) {
            addresses = found;
            validSeconds = Math.min(validSeconds, valid);
            hostDone();
        }

        @Override
        public void failed(ResolveFault why) {
            fault = why;
            hostDone();
        }

        void addTo(List<ServiceAddress> all) {
            for (InetAddress address : addresses) {
                all.add(new ServiceAddress(address, record.port(), record.target(), record.priority(),
                        Math.max(1, record.weight())));
            }
        }
    }
}
