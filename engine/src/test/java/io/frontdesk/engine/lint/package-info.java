/** Tests of what lint knows of expressions and variables. */
@NullMarked
package io.frontdesk.engine.lint;

import org.jspecify.annotations.NullMarked;
