/** Leads a request for a directory to its index file. */
@NullMarked
package io.frontdesk.modules.index;

import org.jspecify.annotations.NullMarked;
