package io.frontdesk.engine.plan;

import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Module;
import io.frontdesk.config.Scope;
import io.frontdesk.engine.lint.HttpRules;
import io.frontdesk.engine.variable.Variables;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A feature of the http side: its directives as fields, its variables, and what it adds to the plan of each location. One object per
 * process; all that belongs to a configuration is handed in. Control plane only: what runs is the handlers and filters that it makes.
 */
public abstract class HttpModule extends Module {
    private final List<HttpRules> walks = new ArrayList<>();

    /** A module that nginx names {@code name} ({@code map}, {@code proxy} …). */
    protected HttpModule(String name) {
        super(name);
    }

    /** Takes in rules of lint, with the walk that finds them. */
    protected final <R extends HttpRules> R rules(R rules) {
        walks.add(rules);
        return group(rules);
    }

    /** The walks of lint about it. */
    public final List<HttpRules> walks() {
        return Collections.unmodifiableList(walks);
    }

    /** Declares the variables. */
    public void variables(Variables variables) {}

    /** Pass 3, once: makes the named things of the http block: zones, upstreams, maps, log formats. */
    public void link(Scope http, Link link) throws ConfigException {}

    /** Pass 4, once a server. */
    public void compileServer(Scope server, ServerPlan.Builder plan, Link link) throws ConfigException {}

    /**
     * Pass 4, once for each place that may answer: the server's own plan, each location, each {@code if} in a location and each
     * {@code limit_except} (both are implicit locations).
     */
    public void compile(Scope scope, HttpPlan plan, Link link) throws ConfigException {}

    /** Called when it is known which servers listen where, for checks across that. */
    public void checkSockets(List<SocketPlan> sockets, Link link) throws ConfigException {}

    /** Called when every plan of the configuration stands, for checks across it. */
    public void finish(Scope http, Link link) throws ConfigException {}
}
