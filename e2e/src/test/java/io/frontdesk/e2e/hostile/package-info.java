/** Hostile messages, from either side. */
@NullMarked
package io.frontdesk.e2e.hostile;

import org.jspecify.annotations.NullMarked;
