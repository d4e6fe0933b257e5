/** The HTTP message model that all protocol versions share: methods, statuses, field names, field tables, dates. */
@NullMarked
package io.frontdesk.codec.http;

import org.jspecify.annotations.NullMarked;
