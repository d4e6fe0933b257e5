/** A page with the numbers of connections and requests. */
@NullMarked
package io.frontdesk.modules.stubstatus;

import org.jspecify.annotations.NullMarked;
