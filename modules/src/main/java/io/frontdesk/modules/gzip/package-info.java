/** gzip: responses are compressed on their way. */
@NullMarked
package io.frontdesk.modules.gzip;

import org.jspecify.annotations.NullMarked;
