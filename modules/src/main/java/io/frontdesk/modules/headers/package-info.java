/** Adds fields and trailers to responses, and says how long they may be cached. */
@NullMarked
package io.frontdesk.modules.headers;

import org.jspecify.annotations.NullMarked;
