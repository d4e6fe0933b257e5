package io.frontdesk.e2e.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.config.Severity;
import io.frontdesk.engine.log.ErrorLog;
import io.frontdesk.engine.request.ClientConnection;
import io.frontdesk.engine.resolve.LoopResolvers;
import io.frontdesk.engine.resolve.Resolution;
import io.frontdesk.engine.resolve.ResolveFault;
import io.frontdesk.engine.resolve.ResolverSettings;
import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.AddressText;
import io.frontdesk.net.loop.EventLoops;
import io.frontdesk.testkit.DnsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A loop with a resolver, asked from the thread of a test. */
final class Lookups implements AutoCloseable {
    final List<String> log = new CopyOnWriteArrayList<>();
    private final EventLoops loops = EventLoops.start(1);
    private final Worker worker = new Worker(loops.loop(0));
    private final ResolverSettings settings;

    private Lookups(ResolverSettings settings) {
        this.settings = settings;
        worker.errorLog(new ErrorLog() {
            @Override
            public boolean isEnabled(Severity severity, @Nullable ClientConnection connection) {
                return true;
            }

            @Override
            public void log(Severity severity, long connection, String message) {
                log.add(message);
            }
        });
    }

    static Lookups of(DnsServer... servers) {
        return of(0, true, true, servers);
    }

    static Lookups of(long validSeconds, boolean ipv4, boolean ipv6, DnsServer... servers) {
        return of(ResolverSettings.RESEND_MILLIS, validSeconds, ipv4, ipv6, servers);
    }

    /** With less patience than a resolver has by itself. */
    static Lookups impatient(long resendMillis, DnsServer... servers) {
        return of(resendMillis, 0, true, true, servers);
    }

    private static Lookups of(long resendMillis, long validSeconds, boolean ipv4, boolean ipv6, DnsServer... servers) {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (DnsServer server : servers) {
            addresses.add(address(server.toString()));
        }
        return new Lookups(new ResolverSettings(addresses, validSeconds, ipv4, ipv6, resendMillis));
    }

    static Lookups of(List<String> servers) {
        return new Lookups(new ResolverSettings(servers.stream().map(Lookups::address).toList(), 0, true, false,
                ResolverSettings.RESEND_MILLIS));
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        return new InetSocketAddress(AddressText.literal(text.substring(0, colon)),
                Integer.parseInt(text.substring(colon + 1)));
    }

    /** What comes of a name: its addresses, or the fault in nginx's words. */
    String resolve(String name) {
        return resolve(name, 20_000);
    }

    String resolve(String name, long timeoutMillis) {
        return begin(name, timeoutMillis).await();
    }

    Lookup begin(String name, long timeoutMillis) {
        Lookup lookup = new Lookup();
        call(() -> lookup.resolution = LoopResolvers.of(worker).resolver(settings).resolve(name, timeoutMillis,
                lookup));
        return lookup;
    }

    Lookup beginRenewal(String name, long timeoutMillis) {
        Lookup lookup = new Lookup();
        call(() -> lookup.resolution = LoopResolvers.of(worker).resolver(settings).renew(name, timeoutMillis, lookup));
        return lookup;
    }

    void cancel(Lookup lookup) {
        call(() -> {
            lookup.resolution.cancel();
            return true;
        });
    }

    /** How many deadlines are armed on the loop. */
    int deadlines() {
        return call(() -> worker.wheel().size());
    }

    private <T> T call(Callable<T> task) {
        try {
            return loops.loop(0).executor().submit(task).get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        loops.close();
        assertThat(log).noneMatch(line -> line.startsWith("exception"));
    }

    static final class Lookup implements Resolution.Listener {
        final CompletableFuture<String> outcome = new CompletableFuture<>();
        Resolution resolution;

        @Override
        public void resolved(List<InetAddress> addresses, long validSeconds) {
            outcome.complete(String.join(" ", addresses.stream().map(AddressText::host).toList()));
        }

        @Override
        public void failed(ResolveFault fault) {
            outcome.complete(fault.reason());
        }

        String await() {
            return outcome.orTimeout(30, TimeUnit.SECONDS).join();
        }
    }
}
