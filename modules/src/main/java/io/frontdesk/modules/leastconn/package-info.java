/** The least_conn directive: the server with the fewest requests gets the next one. */
@NullMarked
package io.frontdesk.modules.leastconn;

import org.jspecify.annotations.NullMarked;
