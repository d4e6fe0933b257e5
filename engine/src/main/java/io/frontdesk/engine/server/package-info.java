/** The running engine: workers, listeners, accepted connections, and the configuration that they run on. */
@NullMarked
package io.frontdesk.engine.server;

import org.jspecify.annotations.NullMarked;
