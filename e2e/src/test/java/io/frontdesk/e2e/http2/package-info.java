/** HTTP/2 to clients: what it serves, what it refuses, and what it does not let itself be talked into. */
@NullMarked
package io.frontdesk.e2e.http2;

import org.jspecify.annotations.NullMarked;
