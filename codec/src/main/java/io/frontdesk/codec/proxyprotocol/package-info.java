/** The header by which a proxy in front tells whose connection it passes on (the PROXY protocol, versions 1 and 2). */
@NullMarked
package io.frontdesk.codec.proxyprotocol;

import org.jspecify.annotations.NullMarked;
