/**
 * Listening sockets: the addresses that they have, the options that they take, and the connections that they accept.
 */
@NullMarked
package io.frontdesk.net.listen;

import org.jspecify.annotations.NullMarked;
