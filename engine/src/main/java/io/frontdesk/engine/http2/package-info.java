/** A client's HTTP/2 connection: streams, each an exchange, within the limits that keep one client from costing too much. */
@NullMarked
package io.frontdesk.engine.http2;

import org.jspecify.annotations.NullMarked;
