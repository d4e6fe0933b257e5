/** The command {@code lint}: runs the rules of all modules over a configuration, and shows what they found. */
@NullMarked
package io.frontdesk.app.lint;

import org.jspecify.annotations.NullMarked;
