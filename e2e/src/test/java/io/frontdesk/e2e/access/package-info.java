/** Who may come in: addresses, and how many at once. */
@NullMarked
package io.frontdesk.e2e.access;

import org.jspecify.annotations.NullMarked;
