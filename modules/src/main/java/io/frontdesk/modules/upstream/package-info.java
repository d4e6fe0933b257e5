/** The upstream block: groups of servers, and how connections to them are kept. */
@NullMarked
package io.frontdesk.modules.upstream;

import org.jspecify.annotations.NullMarked;
