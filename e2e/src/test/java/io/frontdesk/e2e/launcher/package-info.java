/** The shell script at the root: what it answers itself, and how it becomes the JVM. */
@NullMarked
package io.frontdesk.e2e.launcher;

import org.jspecify.annotations.NullMarked;
