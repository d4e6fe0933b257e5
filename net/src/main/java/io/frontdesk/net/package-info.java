/** Event loops and transports, listeners, timers and signals: the only place for native access. */
@NullMarked
package io.frontdesk.net;

import org.jspecify.annotations.NullMarked;
