/** What goes wrong between us, an upstream and a client, row by row: what the client sees, what is logged, who is asked next. */
@NullMarked
package io.frontdesk.e2e.faults;

import org.jspecify.annotations.NullMarked;
