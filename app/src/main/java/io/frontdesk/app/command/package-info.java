/** What the commands that look into a configuration share: their options, the configuration without a server, JSON, colours. */
@NullMarked
package io.frontdesk.app.command;

import org.jspecify.annotations.NullMarked;
