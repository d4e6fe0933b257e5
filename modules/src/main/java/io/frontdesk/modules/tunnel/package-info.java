/** The tunnel module: connects clients that send CONNECT to where they want, and passes bytes both ways. */
@NullMarked
package io.frontdesk.modules.tunnel;

import org.jspecify.annotations.NullMarked;
