/** The way of a response: filters in one visible order, special pages, the sink. */
@NullMarked
package io.frontdesk.engine.response;

import org.jspecify.annotations.NullMarked;
