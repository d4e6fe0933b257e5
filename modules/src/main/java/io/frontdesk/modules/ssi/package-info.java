/** Server-side includes: commands in the text of responses. */
@NullMarked
package io.frontdesk.modules.ssi;

import org.jspecify.annotations.NullMarked;
