/** The core directives of http, server and location. */
@NullMarked
package io.frontdesk.engine.core;

import org.jspecify.annotations.NullMarked;
