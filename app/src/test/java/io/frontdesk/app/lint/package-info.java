/** Tests of lint: each rule by golden files, the forms of the report, and configurations that must be clean. */
@NullMarked
package io.frontdesk.app.lint;

import org.jspecify.annotations.NullMarked;
