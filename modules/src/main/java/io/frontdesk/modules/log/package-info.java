/** {@code log_format}, {@code access_log}: a line for each request. */
@NullMarked
package io.frontdesk.modules.log;

import org.jspecify.annotations.NullMarked;
