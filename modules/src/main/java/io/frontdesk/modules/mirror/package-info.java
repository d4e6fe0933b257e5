/** mirror: other locations get a copy of each request. */
@NullMarked
package io.frontdesk.modules.mirror;

import org.jspecify.annotations.NullMarked;
