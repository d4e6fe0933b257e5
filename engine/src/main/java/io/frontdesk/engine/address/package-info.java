/** Client addresses: tables of networks, and what forwarding proxies say. */
@NullMarked
package io.frontdesk.engine.address;

import org.jspecify.annotations.NullMarked;
