/** The system's hashing of passwords. */
@NullMarked
package io.frontdesk.net.crypt;

import org.jspecify.annotations.NullMarked;
