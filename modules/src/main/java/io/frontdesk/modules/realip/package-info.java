/** The client's address as a proxy in front tells it: realip. */
@NullMarked
package io.frontdesk.modules.realip;

import org.jspecify.annotations.NullMarked;
