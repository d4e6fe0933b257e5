package io.frontdesk.app;

import io.frontdesk.config.ConfigChecker;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.ConfigReader;
import io.frontdesk.config.ConfigText;
import io.frontdesk.config.Diagnostic;
import io.frontdesk.config.FileNames;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Severity;
import io.frontdesk.config.Source;
import io.frontdesk.engine.log.ErrorLog;
import io.frontdesk.engine.log.ErrorLogs;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.plan.Paths;
import io.frontdesk.engine.plan.Snapshot;
import io.frontdesk.engine.plan.SnapshotCompiler;
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

        /** {@code directives} is what stood behind {@code -g}. */
        Loader(Modules modules, Paths paths, @Nullable String directives) {
            this.modules = modules;
            this.paths = paths;
            this.directives = directives;
            this.compiler = new SnapshotCompiler(modules.core(), modules.http());
        }

        /**
         * Reads and compiles the configuration file. Warnings and the error, if any, go to the log; the answer is null when there was one.
         */
        @Nullable
        Configuration load(boolean testing, ErrorLog log) {
            List<String> global = directives == null ? List.of() : List.of(directives);
            ConfigText text = new ConfigReader().read(FileNames.toPath(paths.configFile()),
                    FileNames.toPath(paths.prefix()), global);
            ConfigChecker checker = new ConfigChecker(modules.all());
            Link link = new Link(paths, testing);
            try {
                Scope main;
                try {
                    main = checker.check(text);
                } finally {
                    checker.warnings().forEach(warning -> say(warning, log));
                }
                Snapshot snapshot = compiler.compile(main, link);
                ErrorLogs logs = link.shared(ErrorLogs.class, () -> new ErrorLogs(paths));
                ErrorLog errorLog = logs.of(main.all(modules.core().errorLog));
                link.warnings().forEach(warning -> say(warning, log));
                return new Configuration(text.sources(), MainSettings.of(main, modules.main(), paths), snapshot,
                        errorLog);
            } catch (ConfigException e) {
                link.warnings().forEach(warning -> say(warning, log));
                say(e.diagnostic(), log);
                return null;
            }
        }

        private static void say(Diagnostic diagnostic, ErrorLog log) {
            log.log(diagnostic.severity(), 0, diagnostic.toString());
        }
    }

    /** nginx: asked for after the whole text was found to be right. */
    @Nullable
    Diagnostic problem() {
        return settings.hasEvents()
                ? null
                : new Diagnostic(Severity.EMERG, "no \"events\" section in configuration", null);
    }
}
