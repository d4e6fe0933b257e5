/** Outbound connections, whose failures are values. */
@NullMarked
package io.frontdesk.net.connect;

import org.jspecify.annotations.NullMarked;
