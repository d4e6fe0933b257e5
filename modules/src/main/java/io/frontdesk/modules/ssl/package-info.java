/** TLS to clients: certificates, versions, sessions, client certificates. */
@NullMarked
package io.frontdesk.modules.ssl;

import org.jspecify.annotations.NullMarked;
