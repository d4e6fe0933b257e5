package io.frontdesk.engine.lint;

import io.frontdesk.config.Context;
import io.frontdesk.config.Finding;
import io.frontdesk.config.LintRule;
import io.frontdesk.config.Position;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Statement;
import io.frontdesk.config.Word;
import io.frontdesk.engine.core.CoreModule;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.plan.LocationPattern;
import io.frontdesk.engine.plan.LocationPlan;
import io.frontdesk.engine.plan.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One run of lint over one compiled configuration: what the rules look at, and where they report. Control plane, one thread. */
public final class Linting {
    private final Scope http;
    private final Snapshot snapshot;
    private final Link link;
    private final List<Scope> servers;
    private final List<Place> places = new ArrayList<>();
    private final List<Scope> scopes = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Map<Class<?>, Object> shared = new HashMap<>();
    private @Nullable Map<Position, Statement> statements;

    /** Of the block {@code http} that was compiled to this snapshot by this link. */
    public Linting(CoreModule core, Scope http, Snapshot snapshot, Link link) {
        this.http = http;
        this.snapshot = snapshot;
        this.link = link;
        this.servers = http.blocks(core.server);
        servers.forEach(server -> walk(server, server));
        collect(http, scopes);
    }

    private void walk(Scope scope, Scope server) {
        LocationPlan plan = link.planOf(scope);
        LocationPattern pattern = Link.isImplicit(scope) ? link.patternOf(scope) : plan.pattern();
        places.add(new Place(scope, plan, pattern, server));
        for (Setting<?> line : scope.entries()) {
            Scope body = line.body();
            if (body != null && body.context() != Context.SERVER_IF) {
                walk(body, server);
            }
        }
    }

    /** The block {@code http}. */
    public Scope http() {
        return http;
    }

    /** What the configuration was compiled to. */
    public Snapshot snapshot() {
        return snapshot;
    }

    /** What it was compiled with. */
    public Link link() {
        return link;
    }

    /** The blocks of the servers. */
    public List<Scope> servers() {
        return servers;
    }

    /** All blocks that may answer a request, each after the one around it. */
    public List<Place> places() {
        return places;
    }

    /** Every block below {@code http}, it included: also those that answer nothing, such as upstreams. */
    public List<Scope> scopes() {
        return scopes;
    }

    private static void collect(Scope scope, List<Scope> all) {
        all.add(scope);
        for (Setting<?> line : scope.entries()) {
            if (line.body() != null) {
                collect(line.body(), all);
            }
        }
    }

    /** Whether a block answers one URI only, so that what a client wrote is known there. */
    public boolean isExact(Scope scope) {
        boolean inServer = scope.context() == Context.LOCATION || scope.context() == Context.LOCATION_IF
                || scope.context() == Context.LIMIT_EXCEPT;
        return inServer && link.patternOf(scope).kind() == LocationPattern.Kind.EXACT;
    }

    /** Where a statement begins, for people: {@code site.conf:12}. */
    public static String place(Statement statement) {
        String file = statement.start().file();
        return file.substring(file.lastIndexOf('/') + 1) + ":" + statement.start().line();
    }

    /** Something that several rules work out once. */
    public <T> T shared(Class<T> type, Supplier<T> make) {
        Object known = shared.get(type);
        if (known == null) {
            known = make.get();
            shared.put(type, known);
        }
        return type.cast(known);
    }

    /** The line that errors are reported for at that place ({@link Statement#at}), or null. */
    public @Nullable Statement statementAt(Position at) {
        Map<Position, Statement> known = statements;
        if (known == null) {
            known = new HashMap<>();
            for (Scope scope : scopes()) {
                for (Setting<?> line : scope.entries()) {
                    add(line.at(), known);
                }
            }
            statements = known;
        }
        return known.get(at);
    }

    private static void add(Statement line, Map<Position, Statement> known) {
        known.put(line.at(), line);
        List<Statement> children = line.children();
        if (children != null) {
            children.forEach(child -> add(child, known));
        }
    }

    /** Reports what is wrong with a word. */
    public void report(LintRule rule, Word at, String message, String happens, String instead) {
        findings.add(Finding.at(at, rule, message, happens, instead));
    }

    /** Reports what is wrong with a line: at its name. */
    public void report(LintRule rule, Setting<?> line, String message, String happens, String instead) {
        report(rule, line.at().name(), message, happens, instead);
    }

    /** All that was reported. */
    public List<Finding> findings() {
        return List.copyOf(findings);
    }
}
