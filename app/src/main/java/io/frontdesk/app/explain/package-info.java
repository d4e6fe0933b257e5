/** {@code frontdesk explain}: what a request would lead to, decided by the code that serves, without a socket. */
@NullMarked
package io.frontdesk.app.explain;

import org.jspecify.annotations.NullMarked;
