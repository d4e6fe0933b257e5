package io.frontdesk.engine.server;

import io.frontdesk.net.process.Account;
import org.jspecify.annotations.Nullable;

/**
 * What the main block says to the engine as a whole; a reload may change it.
 *
 * @param connectionsPerWorker  {@code worker_connections}: client connections of one loop
 * @param acceptsMany           {@code multi_accept}
 * @param shutdownTimeoutMillis {@code worker_shutdown_timeout}: how long old requests may run on; 0 for without end
 * @param account               {@code user}: whose rights the loops have, or null for those of the process
 */
public record EngineLimits(int connectionsPerWorker, boolean acceptsMany, long shutdownTimeoutMillis,
        @Nullable Account account) {}
