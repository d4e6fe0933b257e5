package io.frontdesk.engine.plan;

import io.frontdesk.codec.http.Method;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Context;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Statement;
import io.frontdesk.config.Word;
import io.frontdesk.engine.core.CoreModule;
import io.frontdesk.engine.plan.LocationPattern.Kind;
import io.frontdesk.engine.route.LocationTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Passes 3 and 4: makes a {@link Snapshot} of a checked configuration. Control plane, one thread; one object per process.
 */
public final class SnapshotCompiler {
    private static final LocationPattern IMPLICIT = new LocationPattern(Kind.IMPLICIT, "", null);

    private final CoreModule core;
    private final List<HttpModule> modules;
    private long generation;

    /** With all modules of the packing list, the core one first. */
    public SnapshotCompiler(CoreModule core, List<? extends HttpModule> modules) {
        this.core = core;
        this.modules = List.copyOf(modules);
    }

    /**
     * Compiles.
     *
     * @throws ConfigException the first error, in nginx's wording
     */
    public Snapshot compile(Scope main, Link link) throws ConfigException {
        List<Scope> https = main.blocks(core.http);
        for (HttpModule module : modules) {
            module.variables(link.variables());
        }
        if (https.isEmpty()) {
            link.templates().finish();
            return new Snapshot(++generation, List.of(), List.of(), link.variables(), link.sharedByType());
        }
        Scope http = https.getFirst();
        for (Scope server : http.blocks(core.server)) {
            patterns(server, link);
        }
        for (HttpModule module : modules) {
            module.link(http, link);
        }
        List<ServerPlan> servers = new ArrayList<>();
        List<Scope> scopes = http.blocks(core.server);
        SocketPlanner sockets = new SocketPlanner(core);
        for (Scope scope : scopes) {
            ServerPlan server = server(scope, link);
            servers.add(server);
            sockets.add(scope, server, link);
        }
        List<SocketPlan> plans = sockets.plan();
        for (HttpModule module : modules) {
            module.checkSockets(plans, link);
            module.finish(http, link);
        }
        link.templates().finish();
        return new Snapshot(++generation, plans, servers, link.variables(), link.sharedByType());
    }

    private void patterns(Scope scope, Link link) throws ConfigException {
        for (Setting<List<Word>> line : scope.own(core.location)) {
            Scope body = line.body();
            if (body != null) {
                link.pattern(body, core.pattern(line, link));
                patterns(body, link);
            }
        }
    }

    private ServerPlan server(Scope scope, Link link) throws ConfigException {
        String name = SocketPlanner.firstName(core, scope);
        ServerPlan.Builder builder = new ServerPlan.Builder(name, scope.statement().at(), core.serverSettings(scope));
        for (HttpModule module : modules) {
            module.compileServer(scope, builder, link);
        }
        link.pattern(scope, new LocationPattern(Kind.SERVER, "", null));
        List<LocationPlan> all = new ArrayList<>();
        LocationPlan root = location(scope, new LocationPattern(Kind.SERVER, "", null), link, all);
        List<LocationPlan> level = level(scope, link, all);
        Map<String, LocationPlan> named = new HashMap<>();
        for (LocationPlan plan : level) {
            if (plan.pattern().kind() == Kind.NAMED) {
                named.put(plan.pattern().text(), plan);
            }
        }
        return new ServerPlan(builder, root, new LocationTree(level), named, all);
    }

    private List<LocationPlan> level(Scope scope, Link link, List<LocationPlan> all) throws ConfigException {
        List<LocationPlan> plans = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Setting<List<Word>> line : scope.own(core.location)) {
            Scope body = line.body();
            if (body == null) {
                continue;
            }
            LocationPattern pattern = link.patternOf(body);
            String key = (pattern.kind() == Kind.EXACT ? "=" : "") + pattern.text();
            if (!pattern.isRegex() && !seen.add(key)) {
                throw Link.error("duplicate location \"" + pattern.text() + "\"", line.at().at());
            }
            LocationPlan plan = location(body, pattern, link, all);
            plan.nested(new LocationTree(level(body, link, all)));
            plans.add(plan);
        }
        return plans;
    }

    private LocationPlan location(Scope scope, LocationPattern pattern, Link link, List<LocationPlan> all)
            throws ConfigException {
        LocationPlan except = null;
        long methods = 0;
        for (Setting<?> entry : scope.entries()) {
            Scope body = entry.body();
            if (body == null) {
                continue;
            }
            if (body.context() == Context.LOCATION_IF) {
                link.plan(body, location(body, IMPLICIT, link, all));
            } else if (body.context() == Context.LIMIT_EXCEPT) {
                except = location(body, IMPLICIT, link, all);
                methods = methods(entry);
            }
        }
        HttpPlan plan = new HttpPlan(pattern, scope.statement().at());
        for (HttpModule module : modules) {
            module.compile(scope, plan, link);
        }
        LocationPlan frozen = plan.freeze();
        if (except != null) {
            frozen.except(methods, except);
        }
        link.plan(scope, frozen);
        all.add(frozen);
        return frozen;
    }

    private static long methods(Setting<?> entry) throws ConfigException {
        long methods = 0;
        Statement line = entry.at();
        for (Word word : line.args()) {
            Method method = Method.of(word.text());
            if (method == Method.OTHER) {
                throw entry.error("invalid method \"%s\"", word.text());
            }
            methods |= 1L << method.ordinal();
            if (method == Method.GET) {
                methods |= 1L << Method.HEAD.ordinal();
            }
        }
        return methods;
    }

    /** The modules, in the order of the packing list. */
    public List<HttpModule> modules() {
        return modules;
    }

    /** The core module. */
    public CoreModule core() {
        return core;
    }

}
