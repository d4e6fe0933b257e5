/** TLS to clients and to upstreams. */
@NullMarked
package io.frontdesk.e2e.tls;

import org.jspecify.annotations.NullMarked;
