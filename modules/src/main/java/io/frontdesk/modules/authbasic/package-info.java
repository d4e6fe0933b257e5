/** auth_basic: names and passwords. */
@NullMarked
package io.frontdesk.modules.authbasic;

import org.jspecify.annotations.NullMarked;
