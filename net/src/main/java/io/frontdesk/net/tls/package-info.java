/** TLS to clients and to upstreams: contexts, handshakes, certificates. The only place that knows the library. */
@NullMarked
package io.frontdesk.net.tls;

import org.jspecify.annotations.NullMarked;
