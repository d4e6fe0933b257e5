/** Calls into C: the C library, other shared libraries, and the native memory that a thread lends to such calls. */
@NullMarked
package io.frontdesk.net.foreign;

import org.jspecify.annotations.NullMarked;
