/** Requests that are passed to an upstream. */
@NullMarked
package io.frontdesk.e2e.proxy;

import org.jspecify.annotations.NullMarked;
