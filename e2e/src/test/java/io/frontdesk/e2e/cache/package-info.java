/** The cache of upstreams' responses. */
@NullMarked
package io.frontdesk.e2e.cache;

import org.jspecify.annotations.NullMarked;
