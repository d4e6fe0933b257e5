/** The proxy module: passes requests on to HTTP servers. */
@NullMarked
package io.frontdesk.modules.proxy;

import org.jspecify.annotations.NullMarked;
