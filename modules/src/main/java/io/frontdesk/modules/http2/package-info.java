/** {@code http2} and its kin: what a configuration says about HTTP/2 to clients. */
@NullMarked
package io.frontdesk.modules.http2;

import org.jspecify.annotations.NullMarked;
