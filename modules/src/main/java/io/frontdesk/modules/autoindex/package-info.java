/** Lists a directory that has no index file. */
@NullMarked
package io.frontdesk.modules.autoindex;

import org.jspecify.annotations.NullMarked;
