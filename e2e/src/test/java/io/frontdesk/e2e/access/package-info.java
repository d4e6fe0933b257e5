/** Who is let in. */
@NullMarked
package io.frontdesk.e2e.access;

import org.jspecify.annotations.NullMarked;
