/** The server as its operator sees it: start, reload, stop, limits. */
@NullMarked
package io.frontdesk.e2e.process;

import org.jspecify.annotations.NullMarked;
