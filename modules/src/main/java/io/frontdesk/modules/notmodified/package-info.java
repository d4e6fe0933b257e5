/** Conditional requests: 304 and 412. */
@NullMarked
package io.frontdesk.modules.notmodified;

import org.jspecify.annotations.NullMarked;
