/** The rules of the architecture, kept by the build: who may know whom, and what an event loop may not do. */
@NullMarked
package io.frontdesk.e2e.architecture;

import org.jspecify.annotations.NullMarked;
