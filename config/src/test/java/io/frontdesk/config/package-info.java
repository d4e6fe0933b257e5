/** Tests of the nginx.conf language: golden errors, limits, properties. */
@NullMarked
package io.frontdesk.config;

import org.jspecify.annotations.NullMarked;
