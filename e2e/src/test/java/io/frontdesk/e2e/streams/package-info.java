/** Connections that stay open and carry more than one answer: WebSockets, tunnels, events, early hints, trailers. */
@NullMarked
package io.frontdesk.e2e.streams;

import org.jspecify.annotations.NullMarked;
