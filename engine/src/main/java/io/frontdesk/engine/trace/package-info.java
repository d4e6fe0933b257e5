/** Takes down how a request is decided, for {@code explain}. */
@NullMarked
package io.frontdesk.engine.trace;

import org.jspecify.annotations.NullMarked;
