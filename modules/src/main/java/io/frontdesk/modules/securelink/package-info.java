/** The secure_link module: links that only we can make, and that may expire. */
@NullMarked
package io.frontdesk.modules.securelink;

import org.jspecify.annotations.NullMarked;
