package io.frontdesk.engine.plan;

import io.frontdesk.engine.worker.Worker;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A shared thing of a configuration that does something by itself while the configuration is in force: it looks names up, checks servers.
 * Called by the engine's thread.
 */
public interface Running {
    /**
     * The configuration is about to be served; nothing runs on it yet.
     *
     * @param now    the configuration itself
     * @param before the configuration in force so far, which goes on for its requests; null at the start of the process
     */
    void start(List<Worker> workers, Snapshot now, @Nullable Snapshot before);

    /** Another configuration is in force, or the process ends: requests may go on, nothing else. */
    void stop();
}
