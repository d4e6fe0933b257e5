/** Variables, and templates over them: values that are compiled once and evaluated per request. */
@NullMarked
package io.frontdesk.engine.variable;

import org.jspecify.annotations.NullMarked;
