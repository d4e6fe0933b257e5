/** What a configuration compiles to: the immutable snapshot, its servers and its locations. */
@NullMarked
package io.frontdesk.engine.plan;

import org.jspecify.annotations.NullMarked;
