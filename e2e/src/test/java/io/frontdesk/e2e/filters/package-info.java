/** What filters do to responses. */
@NullMarked
package io.frontdesk.e2e.filters;

import org.jspecify.annotations.NullMarked;
