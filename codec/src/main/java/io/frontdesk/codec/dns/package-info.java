/** DNS messages: queries out, responses in, as bytes. */
@NullMarked
package io.frontdesk.codec.dns;

import org.jspecify.annotations.NullMarked;
