/** The least_time directive: the server that is likely to be done first gets the next request. */
@NullMarked
package io.frontdesk.modules.leasttime;

import org.jspecify.annotations.NullMarked;
