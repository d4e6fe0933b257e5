/** post_action: another location hears of a request that was answered. */
@NullMarked
package io.frontdesk.modules.postaction;

import org.jspecify.annotations.NullMarked;
