package io.frontdesk.app;

import io.frontdesk.config.ConfigChecker;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.ConfigReader;
import io.frontdesk.config.ConfigText;
import io.frontdesk.config.Diagnostic;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Source;
import io.frontdesk.engine.log.ErrorLog;
import io.frontdesk.engine.log.ErrorLogs;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.plan.Paths;
import io.frontdesk.engine.plan.Snapshot;
import io.frontdesk.engine.plan.SnapshotCompiler;
import io.frontdesk.engine.server.Engine;
import io.frontdesk.net.ControlPlane;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole configuration, read, checked and compiled.
 *
 * @param sources  the files that it came from, for {@code -T}
 * @param settings what the main block says about the process
 * @param snapshot what runs
 * @param errorLog the main error log
 */
record Configuration(List<Source> sources, MainSettings settings, Snapshot snapshot, ErrorLog errorLog) {

    /** Makes configurations of files; one per process, one thread of the control plane. */
    @ControlPlane("the thread that starts or reloads; reads files, asks for host names")
    static final class Loader {
        private final Modules modules;
        private final Paths paths;
        private final @Nullable String directives;
        private final SnapshotCompiler compiler;
        private Runnable whenRead = () -> {};

        /** {@code directives} is what stood behind {@code -g}. */
        Loader(Modules modules, Paths paths, @Nullable String directives) {
            this.modules = modules;
            this.paths = paths;
            this.directives = directives;
            this.compiler = new SnapshotCompiler(modules.core(), modules.http());
        }

        /** Says what to do when a configuration has been found to be right, before the files that it names are looked at. */
        Loader whenRead(Runnable action) {
            whenRead = action;
            return this;
        }

        /**
         * Reads and compiles the configuration file. Warnings and the error, if any, go to the log; the answer is null when there was one.
         */
        @Nullable
        Configuration load(boolean testing, ErrorLog log) {
            List<String> global = directives == null ? List.of() : List.of(directives);
            ConfigText text = new ConfigReader().read(paths.configFile(), global);
            Link link = new Link(paths, testing);
            try {
                Scope main = check(text, log);
                Snapshot snapshot = compile(main, link, log);
                whenRead.run();
                MainSettings settings = MainSettings.of(main, modules, paths);
                ErrorLogs logs = link.shared(ErrorLogs.class, () -> new ErrorLogs(paths));
                return new Configuration(text.sources(), settings, snapshot,
                        logs.of(main.all(modules.core().errorLog)));
            } catch (ConfigException e) {
                say(e.diagnostic(), log);
                Engine.closeAll(link.sharedThings());
                return null;
            }
        }

        private Scope check(ConfigText text, ErrorLog log) throws ConfigException {
            ConfigChecker checker = new ConfigChecker(modules.all());
            try {
                return checker.check(text);
            } finally {
                checker.warnings().forEach(warning -> say(warning, log));
            }
        }

        private Snapshot compile(Scope main, Link link, ErrorLog log) throws ConfigException {
            try {
                return compiler.compile(main, link);
            } finally {
                link.warnings().forEach(warning -> say(warning, log));
            }
        }

        private static void say(Diagnostic diagnostic, ErrorLog log) {
            log.log(diagnostic.severity(), 0, diagnostic.toString());
        }
    }

    /** Closes what it holds; for one that was not adopted by an engine. */
    void close() {
        Engine.closeAll(snapshot.sharedThings());
    }
}
