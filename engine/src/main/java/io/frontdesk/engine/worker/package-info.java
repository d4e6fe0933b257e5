/** What belongs to one event loop: clock, buffers, timers, the current snapshot. */
@NullMarked
package io.frontdesk.engine.worker;

import org.jspecify.annotations.NullMarked;
