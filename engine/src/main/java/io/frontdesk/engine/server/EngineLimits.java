package io.frontdesk.engine.server;

/**
 * What the main block says to the engine as a whole; a reload may change it.
 *
 * @param connectionsPerWorker  {@code worker_connections}: client connections of one loop
 * @param acceptsMany           {@code multi_accept}
 * @param shutdownTimeoutMillis {@code worker_shutdown_timeout}: how long old requests may run on; 0 for without end
 */
public record EngineLimits(int connectionsPerWorker, boolean acceptsMany, long shutdownTimeoutMillis) {}
