/** Request paths and authorities as bytes: normalisation, escaping and host validation. */
@NullMarked
package io.frontdesk.codec.uri;

import org.jspecify.annotations.NullMarked;
