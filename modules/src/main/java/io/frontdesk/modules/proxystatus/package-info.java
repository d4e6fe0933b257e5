/** Why an answer is an error, for logs and for clients: {@code $proxy_error} and RFC 9209's Proxy-Status. */
@NullMarked
package io.frontdesk.modules.proxystatus;

import org.jspecify.annotations.NullMarked;
