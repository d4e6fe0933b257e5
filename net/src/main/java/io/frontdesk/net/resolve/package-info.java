/** Names to addresses: at start, by the system's resolver. */
@NullMarked
package io.frontdesk.net.resolve;

import org.jspecify.annotations.NullMarked;
