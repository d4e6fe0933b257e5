/** Answers with a transparent image of one pixel. */
@NullMarked
package io.frontdesk.modules.emptygif;

import org.jspecify.annotations.NullMarked;
