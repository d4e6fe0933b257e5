package io.frontdesk.app;

import io.frontdesk.app.command.Command;
import io.frontdesk.app.command.Console;
import io.frontdesk.config.FileNames;
import io.frontdesk.config.Severity;
import io.frontdesk.config.Source;
import io.frontdesk.engine.log.LogWriter;
import io.frontdesk.engine.plan.Paths;
import io.frontdesk.net.ControlPlane;
import io.frontdesk.net.NettyVoice;
import io.frontdesk.net.OutOfMemory;
import io.frontdesk.net.listen.InheritedSockets;
import io.frontdesk.net.loop.EarlyLoop;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The program: reads the command line as nginx does, and tests a configuration, signals a running process, or serves. */
@ControlPlane("the main thread")
public final class Main {
    private final CommandLine line;
    private final PrintStream stdout;
    private final PrintStream stderr;

    Main(CommandLine line, PrintStream stdout, PrintStream stderr) {
        this.line = line;
        this.stdout = stdout;
        this.stderr = stderr;
    }

    /** The process. */
    public static void main(String[] arguments) throws InterruptedException {
        NettyVoice.takeOver();
        Command command = arguments.length == 0 ? null : SubCommands.named(arguments[0]);
        int status;
        try {
            status = command != null
                    ? look(command, arguments)
                    : new Main(CommandLine.parse(arguments), System.out, System.err).run();
        } catch (CommandLine.Refused e) {
            BootLog.say(System.err, e.reason());
            status = 1;
        }
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(status);
    }

    /** A command that looks into a configuration, with the words behind it. */
    private static int look(Command command, String... arguments) {
        List<String> words = List.of(CommandLine.byteStrings(arguments));
        return SubCommands.run(command, words.subList(1, words.size()), Console.ofProcess());
    }

    /** Does what the command line says; the answer is the exit status. */
    int run() throws InterruptedException {
        if (line.showsVersion()) {
            Version.print(line, stderr);
            if (!line.tests()) {
                return 0;
            }
        }
        Paths paths = line.paths();
        try (BootLog log = BootLog.open(bootFile(paths), line.tests() ? Severity.INFO : Severity.NOTICE, stderr)) {
            if (line.tests()) {
                return test(paths, log);
            }
            CommandLine.Signal signal = line.signal();
            if (signal != null) {
                Configuration configuration = loader(paths).load(true, log);
                return configuration != null
                        && new RunningProcess(configuration.settings().pidFile()).tell(signal, log) ? 0 : 1;
            }
            EarlyLoop early = EarlyLoop.begin();
            Configuration.Loader loader = loader(paths);
            Configuration configuration = loader.load(false, log);
            if (configuration == null) {
                return 1;
            }
            InheritedSockets inherited = inherited(log);
            if (configuration.settings().daemon() && inherited.isEmpty() && !Background.isThere()) {
                configuration.close();
                return Background.start(stderr);
            }
            return serve(loader, configuration, early, inherited, log);
        }
    }

    private Configuration.Loader loader(Paths paths) {
        return new Configuration.Loader(new Modules(), paths, line.directives());
    }

    private int test(Paths paths, BootLog log) {
        Configuration configuration = loader(paths).whenRead(() -> {
            if (!line.quiet()) {
                BootLog.say(stderr, "the configuration file " + paths.configFile() + " syntax is ok");
            }
        }).load(true, log);
        if (configuration == null || !configuration.settings().pidFile().test(log)
                || !BindCheck.allBindable(configuration.snapshot().sockets(), log)) {
            BootLog.say(stderr, "configuration file " + paths.configFile() + " test failed");
            return 1;
        }
        if (!line.quiet()) {
            BootLog.say(stderr, "configuration file " + paths.configFile() + " test is successful");
        }
        if (line.dumps()) {
            dump(configuration);
        }
        return 0;
    }

    private int serve(Configuration.Loader loader, Configuration configuration, EarlyLoop early,
            InheritedSockets inherited, BootLog log) throws InterruptedException {
        ProcessLimits.apply(configuration.settings(), log);
        Server server = Server.start(loader, configuration, early, inherited, log);
        if (server == null) {
            return 1;
        }
        PidFile pid = configuration.settings().pidFile();
        if (!pid.write(log)) {
            server.engine().stop();
            return 1;
        }
        log.leaveStderr();
        NettyVoice.to(
                (isError, text) -> server.configuration().errorLog().log(isError ? Severity.ALERT : Severity.WARN, 0,
                        text));
        OutOfMemory.endsProcess(text -> {
            server.configuration().errorLog().log(Severity.EMERG, 0, text);
            BootLog.say(stderr, "[emerg] " + text);
        });
        ProcessSignals.deliverTo(server);
        Background.ready(stdout);
        server.run();
        server.pidFile().remove(server.configuration().errorLog());
        LogWriter.process().flush();
        return 0;
    }

    /** The sockets that another program handed to this one. */
    private static InheritedSockets inherited(BootLog log) {
        String variable = System.getenv(InheritedSockets.VARIABLE);
        InheritedSockets inherited = InheritedSockets.parse(variable);
        if (variable != null) {
            log.log(Severity.NOTICE, 0, "using inherited sockets from \"" + variable + "\"");
        }
        if (inherited.problem() != null) {
            log.log(Severity.EMERG, 0, inherited.problem());
        }
        return inherited;
    }

    private void dump(Configuration configuration) {
        for (Source source : configuration.sources()) {
            byte[] text = ("# configuration file " + source.file() + ":\n" + source.text() + "\n")
                    .getBytes(StandardCharsets.ISO_8859_1);
            stdout.write(text, 0, text.length);
        }
        stdout.flush();
    }

    /** Where the log of the start goes: -e, or the usual file where its folder is there; null for stderr. */
    private @Nullable String bootFile(Paths paths) {
        if (paths.errorLog().equals("stderr")) {
            return null;
        }
        return line.errorLog() != null || Files.isDirectory(FileNames.toPath(paths.underPrefix("logs")))
                ? paths.errorLog()
                : null;
    }
}
