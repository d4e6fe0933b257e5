/** The error log and the access log's writers. */
@NullMarked
package io.frontdesk.engine.log;

import org.jspecify.annotations.NullMarked;
