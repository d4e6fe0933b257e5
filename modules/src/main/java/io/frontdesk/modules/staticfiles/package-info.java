/** Answers a request with the file that its URI leads to. */
@NullMarked
package io.frontdesk.modules.staticfiles;

import org.jspecify.annotations.NullMarked;
