/** The ip_hash directive: a client's network decides which server it gets. */
@NullMarked
package io.frontdesk.modules.iphash;

import org.jspecify.annotations.NullMarked;
