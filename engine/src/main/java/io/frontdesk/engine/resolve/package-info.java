/** Names to addresses at run time: the resolver directive, and the cache and queries of each loop. */
@NullMarked
package io.frontdesk.engine.resolve;

import org.jspecify.annotations.NullMarked;
