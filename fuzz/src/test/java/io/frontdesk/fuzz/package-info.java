/** Fuzz targets; their seed corpora run as plain tests in every build. */
@NullMarked
package io.frontdesk.fuzz;

import org.jspecify.annotations.NullMarked;
