/**
 * What goes wrong between us, an upstream and a client, row by row: what the client sees, what is logged, who is asked next. {@link
 * io.frontdesk.e2e.faults.FaultTable} says for each row where its tests are, in this package or another.
 */
@NullMarked
package io.frontdesk.e2e.faults;

import org.jspecify.annotations.NullMarked;
