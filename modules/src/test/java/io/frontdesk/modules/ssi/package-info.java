/** Tests of the parts of server-side includes. */
@NullMarked
package io.frontdesk.modules.ssi;

import org.jspecify.annotations.NullMarked;
