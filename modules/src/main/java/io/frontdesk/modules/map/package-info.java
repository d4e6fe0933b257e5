/** The map module: variables whose values depend on others. */
@NullMarked
package io.frontdesk.modules.map;

import org.jspecify.annotations.NullMarked;
