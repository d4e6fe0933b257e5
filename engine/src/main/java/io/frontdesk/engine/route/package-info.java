/** Which listener, server and location takes a request. */
@NullMarked
package io.frontdesk.engine.route;

import org.jspecify.annotations.NullMarked;
