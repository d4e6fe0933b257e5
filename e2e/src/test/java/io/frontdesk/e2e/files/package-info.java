/** Answers from files. */
@NullMarked
package io.frontdesk.e2e.files;

import org.jspecify.annotations.NullMarked;
