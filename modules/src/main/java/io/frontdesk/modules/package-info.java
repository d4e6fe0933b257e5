/** One package per feature, named as nginx names it; features do not know each other. */
@NullMarked
package io.frontdesk.modules;

import org.jspecify.annotations.NullMarked;
