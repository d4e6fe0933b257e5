/** Requests that are passed to gRPC servers: {@code grpc_pass}. */
@NullMarked
package io.frontdesk.modules.grpc;

import org.jspecify.annotations.NullMarked;
