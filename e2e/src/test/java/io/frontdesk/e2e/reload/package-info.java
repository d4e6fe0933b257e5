/** Going over to another configuration while all is in use: nothing in flight is lost. */
@NullMarked
package io.frontdesk.e2e.reload;

import org.jspecify.annotations.NullMarked;
