/** Tests of what the commands have in common. */
@NullMarked
package io.frontdesk.app.command;

import org.jspecify.annotations.NullMarked;
