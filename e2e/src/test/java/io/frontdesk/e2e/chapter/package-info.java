/** The configurations of the chapter on reverse proxying, verbatim but for ports and paths: each runs, each of its statements holds. */
@org.jspecify.annotations.NullMarked
package io.frontdesk.e2e.chapter;
