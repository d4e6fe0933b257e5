/** The rewrite module: {@code rewrite}, {@code if}, {@code set}, {@code break} and {@code return}, compiled to a flat list of steps. */
@NullMarked
package io.frontdesk.modules.rewrite;

import org.jspecify.annotations.NullMarked;
