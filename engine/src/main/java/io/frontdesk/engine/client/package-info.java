/** What clients' connections have in common, whatever version of HTTP they speak: addresses, configuration, TLS, the choice of a server. */
@NullMarked
package io.frontdesk.engine.client;

import org.jspecify.annotations.NullMarked;
