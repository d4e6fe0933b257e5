/** What can go wrong with a request, as values: the one table of causes with what each becomes. */
@NullMarked
package io.frontdesk.engine.fault;

import org.jspecify.annotations.NullMarked;
