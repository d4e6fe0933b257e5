/** Files as nginx sees them: byte-exact names, results as {@code -errno}, no exception and no copy on the hot path. */
@NullMarked
package io.frontdesk.net.file;

import org.jspecify.annotations.NullMarked;
