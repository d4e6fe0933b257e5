/** The sticky directive: a client stays with the server that it had before. */
@NullMarked
package io.frontdesk.modules.sticky;

import org.jspecify.annotations.NullMarked;
