/** Requests that nobody sent: what active checks ask servers. */
@NullMarked
package io.frontdesk.engine.probe;

import org.jspecify.annotations.NullMarked;
