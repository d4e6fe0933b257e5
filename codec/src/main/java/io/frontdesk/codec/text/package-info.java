/** Escaping of untrusted bytes for logs and pages. */
@NullMarked
package io.frontdesk.codec.text;

import org.jspecify.annotations.NullMarked;
