/** Groups of upstream servers, their shared state, connections kept idle, and the state machine of one proxied exchange. */
@NullMarked
package io.frontdesk.engine.upstream;

import org.jspecify.annotations.NullMarked;
