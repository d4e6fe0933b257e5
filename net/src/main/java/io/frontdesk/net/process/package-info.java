/** The process as its operator sees it: signals, limits, identity, and the processors that a thread may use. */
@NullMarked
package io.frontdesk.net.process;

import org.jspecify.annotations.NullMarked;
