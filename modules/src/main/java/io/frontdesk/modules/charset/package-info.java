/** Names the charset of a response, and recodes its text to another one. */
@NullMarked
package io.frontdesk.modules.charset;

import org.jspecify.annotations.NullMarked;
