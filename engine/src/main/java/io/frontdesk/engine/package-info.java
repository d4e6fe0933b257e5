/** The engine: it walks a request through a fixed list of phases on the plan that its configuration compiled to. */
@NullMarked
package io.frontdesk.engine;

import org.jspecify.annotations.NullMarked;
