/** {@code frontdesk effective}: the merged configuration of a server or a location. */
@NullMarked
package io.frontdesk.app.effective;

import org.jspecify.annotations.NullMarked;
