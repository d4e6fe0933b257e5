/** Tests of the parts of auth_basic. */
@NullMarked
package io.frontdesk.modules.authbasic;

import org.jspecify.annotations.NullMarked;
