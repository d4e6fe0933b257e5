/** Tests of the parts of sub_filter. */
@NullMarked
package io.frontdesk.modules.sub;

import org.jspecify.annotations.NullMarked;
