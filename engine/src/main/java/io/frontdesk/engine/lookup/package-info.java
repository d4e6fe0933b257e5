/** Tables over byte strings, built while a configuration is compiled and searched without making a String. */
@NullMarked
package io.frontdesk.engine.lookup;

import org.jspecify.annotations.NullMarked;
