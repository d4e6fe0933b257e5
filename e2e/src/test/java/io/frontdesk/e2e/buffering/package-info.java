/** Bodies that somebody sends faster than somebody else takes them: memory, then the disk, then back pressure. */
@NullMarked
package io.frontdesk.e2e.buffering;

import org.jspecify.annotations.NullMarked;
