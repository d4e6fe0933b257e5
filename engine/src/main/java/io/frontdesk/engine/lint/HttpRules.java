package io.frontdesk.engine.lint;

import io.frontdesk.config.Module;

/**
 * Rules of lint that are found in one walk: a field for each, which is its declaration, and the walk. A feature takes them in by
 * {@link io.frontdesk.engine.plan.HttpModule#rules(HttpRules)}. Control plane only.
 */
public abstract class HttpRules extends Module {
    /** Of a module that nginx names so. */
    protected HttpRules(String module) {
        super(module);
    }

    /** Looks at a whole configuration, and reports. */
    public abstract void check(Linting lint);
}
