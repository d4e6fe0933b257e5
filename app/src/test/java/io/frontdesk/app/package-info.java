/** Tests of the program: command line, main block, packing list, manual. */
@NullMarked
package io.frontdesk.app;

import org.jspecify.annotations.NullMarked;
