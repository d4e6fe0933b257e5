/** Looks for the first of several files that is there. */
@NullMarked
package io.frontdesk.modules.tryfiles;

import org.jspecify.annotations.NullMarked;
