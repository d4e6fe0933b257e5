/** Ranges of an entity: 206 and 416. */
@NullMarked
package io.frontdesk.modules.range;

import org.jspecify.annotations.NullMarked;
