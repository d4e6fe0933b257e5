/** The nginx.conf language: lexer, tree with source positions, directives, contexts, inheritance, diagnostics. */
@NullMarked
package io.frontdesk.config;

import org.jspecify.annotations.NullMarked;
