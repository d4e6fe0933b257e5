/**
 * Regular expressions in nginx's dialect over byte strings: PCRE2 where its library is there, the JDK's engine
 * elsewhere.
 */
@NullMarked
package io.frontdesk.net.regex;

import org.jspecify.annotations.NullMarked;
