/** The referer module: whether a request came from a page that may link here. */
@NullMarked
package io.frontdesk.modules.referer;

import org.jspecify.annotations.NullMarked;
