package io.frontdesk.app;

import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Word;
import io.frontdesk.engine.plan.Paths;
import io.frontdesk.engine.server.EngineLimits;
import io.frontdesk.net.process.Account;
import io.frontdesk.net.process.NativeProcess;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the main block says about the process.
 *
 * @param workerProcesses how many event loops
 * @param daemon          whether to go into the background
 * @param pidFile         where the process' number is written
 * @param openFiles       {@code worker_rlimit_nofile}, or 0
 * @param coreBytes       {@code worker_rlimit_core}, or -1
 * @param affinity        {@code worker_cpu_affinity}
 * @param priority        {@code worker_priority}; 0 for that of the process
 * @param variables       {@code env} with a value: what a new program finds in its environment; byte strings
 * @param limits          what the engine is told
 */
record MainSettings(int workerProcesses, boolean daemon, PidFile pidFile, int openFiles, long coreBytes,
        CpuAffinity affinity, int priority, Map<String, String> variables, EngineLimits limits) {

    static MainSettings of(Scope main, Modules modules, Paths paths) throws ConfigException {
        Scope events = modules.eventsOf(main);
        MainModule module = modules.main();
        EngineLimits limits = new EngineLimits(events.get(module.workerConnections), events.get(module.multiAccept),
                main.get(module.workerShutdownTimeout), account(main, module));
        Setting<String> pid = main.find(module.pid);
        Setting<Integer> openFiles = main.find(module.workerRlimitNofile);
        Setting<Long> coreBytes = main.find(module.workerRlimitCore);
        Setting<CpuAffinity> affinity = main.find(module.workerCpuAffinity);
        Setting<Integer> priority = main.find(module.workerPriority);
        return new MainSettings(main.get(module.workerProcesses), main.get(module.daemon),
                new PidFile(paths.underPrefix(pid == null ? "logs/nginx.pid" : pid.value()), pid == null),
                openFiles == null ? 0 : openFiles.value(), coreBytes == null ? -1 : coreBytes.value(),
                affinity == null ? CpuAffinity.NONE : affinity.value(), priority == null ? 0 : priority.value(),
                variables(main, module), limits);
    }

    private static Map<String, String> variables(Scope main, MainModule module) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (Setting<List<Word>> line : main.all(module.env)) {
            String text = line.value().getFirst().text();
            int equals = text.indexOf('=');
            if (equals > 0) {
                variables.put(text.substring(0, equals), text.substring(equals + 1));
            }
        }
        return variables;
    }

    /** Only root can become somebody else; nginx: without a group it is the one that is named as the user. */
    private static @Nullable Account account(Scope main, MainModule module) throws ConfigException {
        Setting<List<Word>> line = main.find(module.user);
        if (line == null || NativeProcess.userId() != 0) {
            return null;
        }
        List<Word> words = line.value();
        Account account = Account.find(words.getFirst().text(), words.getLast().text());
        if (account == null) {
            throw line.error("getpwnam(\"%s\") failed", words.getFirst().text());
        }
        return account;
    }
}
