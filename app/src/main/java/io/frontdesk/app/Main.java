package io.frontdesk.app;

import io.frontdesk.config.Diagnostic;
import io.frontdesk.config.FileNames;
import io.frontdesk.config.Severity;
import io.frontdesk.config.Source;
import io.frontdesk.engine.plan.Paths;
import io.frontdesk.net.ControlPlane;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
        int status;
        try {
            status = new Main(CommandLine.parse(arguments), System.out, System.err).run();
        } catch (CommandLine.Refused e) {
            BootLog.say(System.err, e.getMessage());
            status = 1;
        }
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(status);
    }

    /** Does what the command line says; the answer is the exit status. */
    int run() throws InterruptedException {
        if (line.showsVersion()) {
            Version.print(line, stderr);
            if (!line.tests()) {
                return 0;
            }
        }
        Paths paths = paths(line);
        try (BootLog log = BootLog.open(bootFile(paths), line.tests() ? Severity.INFO : Severity.NOTICE, stderr)) {
            return run(paths, log);
        }
    }

    private int run(Paths paths, BootLog log) throws InterruptedException {
        CommandLine.Signal signal = line.signal();
        Configuration.Loader loader = new Configuration.Loader(new Modules(), paths, line.directives());
        Configuration configuration = loader.load(line.tests(), log);
        if (configuration != null && line.tests() && !line.quiet()) {
            BootLog.say(stderr, "the configuration file " + paths.configFile() + " syntax is ok");
        }
        if (configuration == null || !isWhole(configuration, log)) {
            if (line.tests()) {
                BootLog.say(stderr, "configuration file " + paths.configFile() + " test failed");
            }
            return 1;
        }
        if (line.tests()) {
            if (!line.quiet()) {
                BootLog.say(stderr, "configuration file " + paths.configFile() + " test is successful");
            }
            if (line.dumps()) {
                dump(configuration);
            }
            return 0;
        }
        return signal == null
                ? serve(loader, configuration, log)
                : new RunningProcess(new PidFile(configuration.settings().pidFile())).tell(signal, log) ? 0 : 1;
    }

    private static boolean isWhole(Configuration configuration, BootLog log) {
        Diagnostic problem = configuration.problem();
        if (problem != null) {
            log.log(problem.severity(), 0, problem.toString());
            return false;
        }
        return true;
    }

    private static int serve(Configuration.Loader loader, Configuration configuration, BootLog log)
            throws InterruptedException {
        Server server = Server.start(loader, configuration, log);
        if (server == null) {
            return 1;
        }
        PidFile pid = new PidFile(configuration.settings().pidFile());
        if (!pid.write(log)) {
            server.engine().stop();
            return 1;
        }
        ProcessSignals.deliverTo(server);
        server.run();
        pid.remove(server.configuration().errorLog());
        return 0;
    }

    private void dump(Configuration configuration) {
        for (Source source : configuration.sources()) {
            byte[] text = ("# configuration file " + source.file() + ":\n" + source.text() + "\n")
                    .getBytes(StandardCharsets.ISO_8859_1);
            stdout.write(text, 0, text.length);
        }
        stdout.flush();
    }

    /** nginx built without a prefix: it is the current folder, and all names are relative to it. */
    private static Paths paths(CommandLine line) {
        String prefix = line.prefix();
        if (prefix == null) {
            prefix = FileNames.toName(Path.of("").toAbsolutePath()) + "/";
        } else if (!prefix.isEmpty() && !prefix.endsWith("/")) {
            prefix += "/";
        }
        String file = line.configFile();
        if (file == null) {
            file = Files.exists(FileNames.toPath(prefix + "conf/nginx.conf"))
                    || !Files.exists(FileNames.toPath(prefix + "nginx.conf")) ? "conf/nginx.conf" : "nginx.conf";
        }
        return new Paths(prefix, file.startsWith("/") ? file : prefix + file);
    }

    private @Nullable String bootFile(Paths paths) {
        String name = line.errorLog();
        if (name == null) {
            return paths.underPrefix("logs/error.log");
        }
        return name.isEmpty() || name.equals("stderr") ? null : paths.underPrefix(name);
    }
}
