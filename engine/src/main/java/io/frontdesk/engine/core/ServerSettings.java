package io.frontdesk.engine.core;

import io.frontdesk.codec.http1.RequestLimits;

/**
 * Limits and manners of a server's connections. Those of the default server hold until the name is known.
 *
 * @param requestLimits             what a request's head may be
 * @param clientHeaderTimeoutMillis {@code client_header_timeout}: for the whole head
 */
public record ServerSettings(RequestLimits requestLimits, long clientHeaderTimeoutMillis) {}
