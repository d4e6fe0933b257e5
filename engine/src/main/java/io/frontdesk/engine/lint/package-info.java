/** What the rules of lint stand on: a compiled configuration to look at, and what can be said of variables and expressions. */
@NullMarked
package io.frontdesk.engine.lint;

import org.jspecify.annotations.NullMarked;
