package io.frontdesk.app;

import io.frontdesk.config.Scope;
import io.frontdesk.engine.plan.Paths;
import io.frontdesk.engine.server.EngineLimits;
import java.util.List;

/**
 * What the main block says about the process.
 *
 * @param workerProcesses how many event loops
 * @param daemon          whether to go into the background
 * @param pidFile         its whole name
 * @param hasEvents       whether there is an {@code events} block, which nginx asks for
 * @param limits          what the engine is told
 */
record MainSettings(int workerProcesses, boolean daemon, String pidFile, boolean hasEvents, EngineLimits limits) {
    static MainSettings of(Scope main, MainModule module, Paths paths) {
        List<Scope> blocks = main.blocks(module.events);
        Scope events = blocks.isEmpty() ? main : blocks.getFirst();
        EngineLimits limits = new EngineLimits(events.get(module.workerConnections), events.get(module.multiAccept),
                main.get(module.workerShutdownTimeout));
        return new MainSettings(main.get(module.workerProcesses), main.get(module.daemon),
                paths.underPrefix(main.get(module.pid)), !blocks.isEmpty(), limits);
    }
}
