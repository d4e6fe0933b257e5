/** Requests inside requests: server-side includes, authorisation by another location, mirrors, additions. */
@NullMarked
package io.frontdesk.e2e.subrequests;

import org.jspecify.annotations.NullMarked;
