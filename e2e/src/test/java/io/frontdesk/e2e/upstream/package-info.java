/** Groups of servers: who gets a request, and how a group knows who can take one. */
@NullMarked
package io.frontdesk.e2e.upstream;

import org.jspecify.annotations.NullMarked;
