/** The HTTP message model and its codecs: bytes in, events out, without a socket and without a clock. */
@NullMarked
package io.frontdesk.codec;

import org.jspecify.annotations.NullMarked;
