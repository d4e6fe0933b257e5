/** Lets clients in by their address. */
@NullMarked
package io.frontdesk.modules.access;

import org.jspecify.annotations.NullMarked;
