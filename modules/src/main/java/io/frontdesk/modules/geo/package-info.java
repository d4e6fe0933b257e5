/** The geo module: variables whose values depend on an address. */
@NullMarked
package io.frontdesk.modules.geo;

import org.jspecify.annotations.NullMarked;
