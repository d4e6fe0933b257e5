/** Names to addresses: at start by the system's resolver, later by DNS servers, to which this is the way. */
@NullMarked
package io.frontdesk.net.resolve;

import org.jspecify.annotations.NullMarked;
