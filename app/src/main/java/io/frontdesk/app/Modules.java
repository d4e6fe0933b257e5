package io.frontdesk.app;

import io.frontdesk.config.Module;
import io.frontdesk.engine.core.CoreModule;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.modules.rewrite.RewriteModule;
import java.util.ArrayList;
import java.util.List;

/**
 * The packing list: the one file that names all features. Its order is the order of handlers within a phase, and so says why. One object
 * per process, control plane.
 */
public final class Modules {
    private final MainModule main = new MainModule();
    private final CoreModule core = new CoreModule();
    private final List<HttpModule> http = List.of(
            // First: every plan needs what it sets.
            core,
            // The only one in the rewrite phases.
            new RewriteModule(),
            // Parse-only: what nginx.conf files hold for features that are not there yet.
            new PlaceholderModule());

    /** All that are about http, in order. */
    public List<HttpModule> http() {
        return http;
    }

    /** All that declare directives. */
    public List<Module> all() {
        List<Module> all = new ArrayList<>();
        all.add(main);
        all.addAll(http);
        return all;
    }

    MainModule main() {
        return main;
    }

    CoreModule core() {
        return core;
    }
}
