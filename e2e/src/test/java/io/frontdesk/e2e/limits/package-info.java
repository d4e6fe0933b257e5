/** What the process does when something runs short, hangs or throws: the fault table's rows about it. */
@NullMarked
package io.frontdesk.e2e.limits;

import org.jspecify.annotations.NullMarked;
