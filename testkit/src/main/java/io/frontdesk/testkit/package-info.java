/** Starts a server from a config string in the test JVM, and speaks to it with raw clients and scripted origins. */
@NullMarked
package io.frontdesk.testkit;

import org.jspecify.annotations.NullMarked;
