/** The hash directive: a key decides which server a request gets, by a plain or a consistent hash. */
@NullMarked
package io.frontdesk.modules.hash;

import org.jspecify.annotations.NullMarked;
