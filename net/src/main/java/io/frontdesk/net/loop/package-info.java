/** Event loops and what each of them owns: its clock, its deadlines, its receive buffers and its flushes. */
@NullMarked
package io.frontdesk.net.loop;

import org.jspecify.annotations.NullMarked;
