/** The split_clients module: variables that divide clients by a hash. */
@NullMarked
package io.frontdesk.modules.splitclients;

import org.jspecify.annotations.NullMarked;
