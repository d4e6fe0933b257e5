package io.frontdesk.app;

import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Module;
import io.frontdesk.config.Scope;
import io.frontdesk.engine.core.CoreModule;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.modules.access.AccessModule;
import io.frontdesk.modules.addition.AdditionModule;
import io.frontdesk.modules.authbasic.AuthBasicModule;
import io.frontdesk.modules.authrequest.AuthRequestModule;
import io.frontdesk.modules.autoindex.AutoindexModule;
import io.frontdesk.modules.charset.CharsetModule;
import io.frontdesk.modules.emptygif.EmptyGifModule;
import io.frontdesk.modules.geo.GeoModule;
import io.frontdesk.modules.grpc.GrpcModule;
import io.frontdesk.modules.gzip.GzipModule;
import io.frontdesk.modules.hash.HashModule;
import io.frontdesk.modules.headers.HeadersModule;
import io.frontdesk.modules.healthcheck.HealthCheckModule;
import io.frontdesk.modules.http2.Http2Module;
import io.frontdesk.modules.index.IndexModule;
import io.frontdesk.modules.iphash.IpHashModule;
import io.frontdesk.modules.leastconn.LeastConnModule;
import io.frontdesk.modules.leasttime.LeastTimeModule;
import io.frontdesk.modules.limitconn.LimitConnModule;
import io.frontdesk.modules.limitreq.LimitReqModule;
import io.frontdesk.modules.log.LogModule;
import io.frontdesk.modules.map.MapModule;
import io.frontdesk.modules.mirror.MirrorModule;
import io.frontdesk.modules.notmodified.NotModifiedModule;
import io.frontdesk.modules.postaction.PostActionModule;
import io.frontdesk.modules.proxy.ProxyModule;
import io.frontdesk.modules.proxyprotocol.ProxyProtocolModule;
import io.frontdesk.modules.proxystatus.ProxyStatusModule;
import io.frontdesk.modules.random.RandomModule;
import io.frontdesk.modules.randomindex.RandomIndexModule;
import io.frontdesk.modules.range.RangeModule;
import io.frontdesk.modules.realip.RealipModule;
import io.frontdesk.modules.referer.RefererModule;
import io.frontdesk.modules.rewrite.RewriteModule;
import io.frontdesk.modules.securelink.SecureLinkModule;
import io.frontdesk.modules.splitclients.SplitClientsModule;
import io.frontdesk.modules.ssi.SsiModule;
import io.frontdesk.modules.ssl.SslModule;
import io.frontdesk.modules.staticfiles.StaticModule;
import io.frontdesk.modules.sticky.StickyModule;
import io.frontdesk.modules.stubstatus.StubStatusModule;
import io.frontdesk.modules.sub.SubModule;
import io.frontdesk.modules.tryfiles.TryFilesModule;
import io.frontdesk.modules.tunnel.TunnelModule;
import io.frontdesk.modules.upstream.UpstreamModule;
import io.frontdesk.modules.userid.UseridModule;
import java.util.ArrayList;
import java.util.List;

/**
 * The packing list: the one file that names all features. Its order is the order of handlers within a phase, and so says why. One object
 * per process, control plane.
 */
public final class Modules {
    private final MainModule main = new MainModule();
    private final CoreModule core = new CoreModule();
    // @formatter:off: one line each, so that two additions never meet
    private final List<HttpModule> http = List.of(
            // First: every plan needs what it sets.
            core,
            // Before TLS, which offers it.
            new Http2Module(core),
            // Its servers' settings are looked at when sockets are.
            new SslModule(),
            new ProxyProtocolModule(),
            // Its groups must stand before anything names them.
            new UpstreamModule(core),
            // How upstreams choose: the block above reads their lines.
            new LeastConnModule(),
            new LeastTimeModule(),
            new IpHashModule(),
            new HashModule(),
            new RandomModule(),
            new StickyModule(),
            // Variables.
            new MapModule(),
            new GeoModule(),
            new SplitClientsModule(),
            new RefererModule(core),
            new SecureLinkModule(),
            // The only one in the rewrite phases.
            new RewriteModule(),
            // Before all that asks for the client's address, limits first of all.
            new RealipModule(),
            // Limits come before access rules, so that those who are refused are limited too.
            new LimitReqModule(),
            new LimitConnModule(),
            // Access: by address before by password, as addresses cost nothing.
            new AccessModule(),
            new AuthBasicModule(),
            new AuthRequestModule(),
            new TryFilesModule(),
            // Copies of what a file may answer are made only when none does.
            new MirrorModule(),
            // When the answer is out.
            new PostActionModule(),
            // Content that a location's line sets, instead of all those below.
            new ProxyModule(),
            new GrpcModule(),
            new TunnelModule(),
            // Asks the servers of the handler that was just set.
            new HealthCheckModule(),
            new EmptyGifModule(),
            new StubStatusModule(),
            // Content: a directory leads to any file, to its index or to a list; what is left is a file.
            new RandomIndexModule(),
            new IndexModule(),
            new AutoindexModule(),
            new StaticModule(),
            // Filters: their order is that of FilterStage.
            new NotModifiedModule(),
            // Behind add_header: its field comes last.
            new ProxyStatusModule(),
            new HeadersModule(),
            new SubModule(),
            new CharsetModule(),
            new SsiModule(),
            new AdditionModule(),
            new UseridModule(),
            new GzipModule(),
            new RangeModule(),
            // LOG: nothing of the request changes any more.
            new LogModule(),
            // Parse-only: what nginx.conf files hold for features that are not there yet.
            new PlaceholderModule());
    // @formatter:on

    private final List<HttpModule> more;

    /** What the program has. */
    public Modules() {
        this(List.of());
    }

    /** What the program has, and more behind it: of a program that embeds the server. */
    public Modules(List<? extends HttpModule> more) {
        this.more = List.copyOf(more);
    }

    /** All that are about http, in order. */
    public List<HttpModule> http() {
        List<HttpModule> all = new ArrayList<>(http);
        all.addAll(more);
        return all;
    }

    /** All that declare directives. */
    public List<Module> all() {
        List<Module> all = new ArrayList<>();
        all.add(main);
        all.addAll(http());
        return all;
    }

    /**
     * The block of all that is about connections, which there must be.
     *
     * @throws ConfigException when there is none
     */
    public Scope eventsOf(Scope main) throws ConfigException {
        List<Scope> blocks = main.blocks(main().events);
        if (blocks.isEmpty()) {
            throw ConfigException.at(null, "no \"events\" section in configuration");
        }
        return blocks.getFirst();
    }

    MainModule main() {
        return main;
    }

    /** The core module: server, location and what all else stands on. */
    public CoreModule core() {
        return core;
    }
}
