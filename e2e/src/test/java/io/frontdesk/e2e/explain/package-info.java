/** What explain and effective say, and that it is what happens. */
@NullMarked
package io.frontdesk.e2e.explain;

import org.jspecify.annotations.NullMarked;
