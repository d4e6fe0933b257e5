/** Active health checks: servers are asked now and then whether they work, and get no requests while they do not. */
@NullMarked
package io.frontdesk.modules.healthcheck;

import org.jspecify.annotations.NullMarked;
