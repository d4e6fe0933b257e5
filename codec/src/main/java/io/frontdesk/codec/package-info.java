/** Bytes in, events out: the codecs of Frontdesk and the byte buffers that they share. */
@NullMarked
package io.frontdesk.codec;

import org.jspecify.annotations.NullMarked;
