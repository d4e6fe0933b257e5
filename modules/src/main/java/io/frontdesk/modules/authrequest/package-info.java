/** auth_request: another location says who may come in. */
@NullMarked
package io.frontdesk.modules.authrequest;

import org.jspecify.annotations.NullMarked;
