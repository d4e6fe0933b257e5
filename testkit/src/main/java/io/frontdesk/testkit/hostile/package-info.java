/** The corpus of hostile HTTP/1 messages, and the interpreter that sends it through a proxy and judges both sides. */
@NullMarked
package io.frontdesk.testkit.hostile;

import org.jspecify.annotations.NullMarked;
