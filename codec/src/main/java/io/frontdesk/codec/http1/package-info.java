/** Our own HTTP/1 path: readers and writers for heads, chunked framing and trailers. */
@NullMarked
package io.frontdesk.codec.http1;

import org.jspecify.annotations.NullMarked;
