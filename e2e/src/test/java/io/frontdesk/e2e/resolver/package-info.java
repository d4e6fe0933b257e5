/** Names at run time: the resolver itself, and requests that need it. */
@NullMarked
package io.frontdesk.e2e.resolver;

import org.jspecify.annotations.NullMarked;
