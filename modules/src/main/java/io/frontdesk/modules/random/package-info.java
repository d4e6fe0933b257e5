/** The random directive: a draw of lots decides, among all servers or between two of them. */
@NullMarked
package io.frontdesk.modules.random;

import org.jspecify.annotations.NullMarked;
