/** JMH benchmarks of the hot path, and side-by-side runs against nginx. */
@NullMarked
package io.frontdesk.bench;

import org.jspecify.annotations.NullMarked;
