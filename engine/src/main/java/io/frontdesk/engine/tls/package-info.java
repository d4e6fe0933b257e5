/** What servers and locations say about TLS, compiled, and what is known of a client's TLS. */
@NullMarked
package io.frontdesk.engine.tls;

import org.jspecify.annotations.NullMarked;
