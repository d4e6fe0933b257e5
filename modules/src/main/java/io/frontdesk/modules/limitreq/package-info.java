/** limit_req: how many requests a key may make in a time. */
@NullMarked
package io.frontdesk.modules.limitreq;

import org.jspecify.annotations.NullMarked;
