/** Files behind responses: opening them under the rules of a location, keeping them open, sending them. */
@NullMarked
package io.frontdesk.engine.file;

import org.jspecify.annotations.NullMarked;
