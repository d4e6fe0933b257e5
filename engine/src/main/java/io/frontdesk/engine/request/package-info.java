/** One request and its response, and the runner that takes it through the phases. */
@NullMarked
package io.frontdesk.engine.request;

import org.jspecify.annotations.NullMarked;
