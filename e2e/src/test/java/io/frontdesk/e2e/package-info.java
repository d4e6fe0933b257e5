/** End-to-end tests by subject, and the rules of the architecture. */
@NullMarked
package io.frontdesk.e2e;

import org.jspecify.annotations.NullMarked;
