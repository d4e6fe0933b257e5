/** The program: main, command line, process control, reload, and the packing list of features. */
@NullMarked
package io.frontdesk.app;

import org.jspecify.annotations.NullMarked;
