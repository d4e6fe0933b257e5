/** HTTP/2 (RFC 9113): frames in, events out, and back; header blocks (RFC 7541) by way of Netty's decoder. No socket, no clock. */
@NullMarked
package io.frontdesk.codec.http2;

import org.jspecify.annotations.NullMarked;
