/** addition: other responses before and behind a response. */
@NullMarked
package io.frontdesk.modules.addition;

import org.jspecify.annotations.NullMarked;
