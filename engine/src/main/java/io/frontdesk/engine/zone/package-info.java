/** What zones that all loops share are made of: their line in the configuration, their keys. */
@NullMarked
package io.frontdesk.engine.zone;

import org.jspecify.annotations.NullMarked;
