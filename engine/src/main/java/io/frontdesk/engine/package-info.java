/** Snapshot, request phases, filters, variables and upstreams: what walks a request from its head to its log line. */
@NullMarked
package io.frontdesk.engine;

import org.jspecify.annotations.NullMarked;
