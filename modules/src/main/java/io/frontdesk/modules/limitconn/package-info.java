/** limit_conn: how many requests of a key may run at once. */
@NullMarked
package io.frontdesk.modules.limitconn;

import org.jspecify.annotations.NullMarked;
