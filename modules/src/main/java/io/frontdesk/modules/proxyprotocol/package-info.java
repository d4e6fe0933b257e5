/** What a PROXY header tells, as variables. */
@NullMarked
package io.frontdesk.modules.proxyprotocol;

import org.jspecify.annotations.NullMarked;
