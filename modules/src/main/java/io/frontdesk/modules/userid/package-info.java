/** The userid module: cookies that tell clients apart. */
@NullMarked
package io.frontdesk.modules.userid;

import org.jspecify.annotations.NullMarked;
