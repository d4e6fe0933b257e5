/** HTTP/1 connections of clients. */
@NullMarked
package io.frontdesk.engine.http1;

import org.jspecify.annotations.NullMarked;
