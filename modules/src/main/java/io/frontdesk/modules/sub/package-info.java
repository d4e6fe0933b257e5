/** sub_filter: texts of responses are replaced. */
@NullMarked
package io.frontdesk.modules.sub;

import org.jspecify.annotations.NullMarked;
