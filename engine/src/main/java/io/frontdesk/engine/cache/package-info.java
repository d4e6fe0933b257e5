/** The cache of upstreams' responses: an index in memory, a file for each response, and the rules of what may be kept for how long. */
@NullMarked
package io.frontdesk.engine.cache;

import org.jspecify.annotations.NullMarked;
