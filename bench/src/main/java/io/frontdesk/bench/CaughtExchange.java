package io.frontdesk.bench;

import io.frontdesk.app.Modules;
import io.frontdesk.config.ConfigChecker;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.ConfigReader;
import io.frontdesk.config.Position;
import io.frontdesk.config.Scope;
import io.frontdesk.engine.client.ClientAddress;
import io.frontdesk.engine.core.CoreModule;
import io.frontdesk.engine.http1.Http1Connection;
import io.frontdesk.engine.http1.Http1Input;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.plan.HttpPlan;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.plan.Paths;
import io.frontdesk.engine.plan.Snapshot;
import io.frontdesk.engine.plan.SnapshotCompiler;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Outcome;
import io.frontdesk.engine.request.Phase;
import io.frontdesk.engine.variable.Template;
import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.ControlPlane;
import io.frontdesk.net.loop.EventLoops;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection without a socket, on a compiled configuration. A request that no directive answers is
 * caught before its content, so that its exchange can be measured. Owned by one thread, which stands in for the loop's.
 */
@ControlPlane("the thread of a benchmark; no loop runs it")
final class CaughtExchange implements AutoCloseable {
    private final EventLoops loops = EventLoops.start(1);
    private final Worker worker = new Worker(loops.loop(0));
    private final Catcher catcher = new Catcher();
    private final EmbeddedChannel channel;

    /** Catches what comes to the phase before content. */
    private static final class Catcher extends HttpModule {
        private final List<String> texts = new ArrayList<>();
        private final List<Template> templates = new ArrayList<>();
        private @Nullable Exchange caught;

        Catcher() {
            super("benchmark");
        }

        @Override
        public void link(Scope http, Link link) throws ConfigException {
            for (String text : texts) {
                templates.add(link.template(text, new Position("benchmark", 1, 1)));
            }
        }

        @Override
        public void compile(Scope scope, HttpPlan plan, Link link) {
            plan.on(Phase.PRECONTENT, exchange -> {
                caught = exchange;
                return Outcome.WAIT;
            });
        }
    }

    /** With an {@code http} block, and templates to be compiled with it. */
    CaughtExchange(String http, String... templates) {
        catcher.texts.addAll(List.of(templates));
        Modules modules = new Modules();
        List<HttpModule> all = new ArrayList<>(modules.http());
        all.add(catcher);
        Snapshot snapshot = compile(http, modules, all);
        worker.snapshot(snapshot);
        channel = new EmbeddedChannel() {
            @Override
            protected SocketAddress remoteAddress0() {
                return new InetSocketAddress("192.0.2.1", 50000);
            }
        };
        channel.config().setAllocator(worker.allocator());
        var connection = new Http1Connection(worker, channel, snapshot.sockets().getFirst().address(),
                new ClientAddress(channel, worker.clock().millis()));
        channel.pipeline().addLast(new Http1Input(connection));
        connection.open();
    }

    private static Snapshot compile(String http, Modules modules, List<HttpModule> all) {
        try {
            Scope main = new ConfigChecker(modules.all()).check(new ConfigReader().readText("/benchmark.conf", http));
            return new SnapshotCompiler((CoreModule) all.getFirst(), all).compile(main,
                    new Link(new Paths("/tmp/", "/benchmark.conf"), true));
        } catch (ConfigException e) {
            throw new IllegalArgumentException(e.diagnostic().toString(), e);
        }
    }

    /** The channel, for requests that are answered. */
    EmbeddedChannel channel() {
        return channel;
    }

    /** Lets a request come, and gives its exchange as it waits for content. */
    Exchange receive(String head) {
        channel.writeInbound(Heads.wire(head));
        Exchange exchange = catcher.caught;
        if (exchange == null) {
            throw new IllegalStateException("the request was answered: " + channel.readOutbound());
        }
        return exchange;
    }

    /** The compiled template of this index. */
    Template template(int index) {
        return catcher.templates.get(index);
    }

    @Override
    public void close() {
        channel.finishAndReleaseAll();
        loops.close();
    }
}
