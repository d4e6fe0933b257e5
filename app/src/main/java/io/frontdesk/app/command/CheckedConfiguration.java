package io.frontdesk.app.command;

import io.frontdesk.app.Modules;
import io.frontdesk.config.ConfigChecker;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.ConfigReader;
import io.frontdesk.config.ConfigText;
import io.frontdesk.config.Diagnostic;
import io.frontdesk.config.Scope;
import io.frontdesk.engine.log.ErrorLogs;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.plan.Paths;
import io.frontdesk.engine.plan.Snapshot;
import io.frontdesk.engine.plan.SnapshotCompiler;
import io.frontdesk.net.ControlPlane;
import io.frontdesk.net.resolve.HostLookup;
import io.frontdesk.net.resolve.HostsFile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A configuration that was read, checked and compiled by the passes that a server runs, but only to look at it: no log is opened, and host
 * names are looked up in the hosts file alone. Main thread.
 *
 * @param modules  that declare it
 * @param text     the files as read
 * @param main     the main block
 * @param link     what was at hand while it was compiled
 * @param snapshot what would run
 * @param warnings what {@code -t} would warn of
 */
public record CheckedConfiguration(Modules modules, ConfigText text, Scope main, Link link, Snapshot snapshot,
        List<Diagnostic> warnings) {
    /**
     * Reads and compiles.
     *
     * @throws ConfigException the first error, in nginx's wording
     */
    @ControlPlane("the main thread; reads files")
    public static CheckedConfiguration load(Paths paths) throws ConfigException {
        Modules modules = new Modules();
        ConfigText text = new ConfigReader().read(paths.configFile(), List.of());
        ConfigChecker checker = new ConfigChecker(modules.all());
        Scope main = checker.check(text);
        Link link = Link.offline(paths);
        link.shared(ErrorLogs.class, () -> ErrorLogs.unopened(paths));
        SnapshotCompiler compiler = new SnapshotCompiler(modules.core(), modules.http());
        Snapshot snapshot = ScopedValue.where(HostLookup.IN_PLACE_OF_SYSTEM, new HostsFile())
                .call(() -> compiler.compile(main, link));
        List<Diagnostic> warnings = new ArrayList<>(checker.warnings());
        warnings.addAll(link.warnings());
        return new CheckedConfiguration(modules, text, main, link, snapshot, List.copyOf(warnings));
    }

    /** The same for a command: the error is said as {@code -t} says it, and the answer is null then. */
    @ControlPlane("the main thread; reads files")
    public static @Nullable CheckedConfiguration load(Paths paths, Console console) {
        try {
            CheckedConfiguration configuration = load(paths);
            configuration.modules.eventsOf(configuration.main);
            return configuration;
        } catch (ConfigException e) {
            console.complain("nginx: [" + e.diagnostic().severity().label() + "] " + e.diagnostic());
            return null;
        }
    }
}
