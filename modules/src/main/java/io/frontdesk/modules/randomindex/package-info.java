/** Leads a request for a directory to any of its files. */
@NullMarked
package io.frontdesk.modules.randomindex;

import org.jspecify.annotations.NullMarked;
