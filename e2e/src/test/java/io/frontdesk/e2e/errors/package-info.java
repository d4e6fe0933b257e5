/** Error pages and redirects. */
@NullMarked
package io.frontdesk.e2e.errors;

import org.jspecify.annotations.NullMarked;
