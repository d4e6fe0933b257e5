package io.frontdesk.engine.request;

import org.jspecify.annotations.Nullable;

/** A content state that talks to an upstream: gives the error log its {@code upstream:} part. */
public interface UpstreamContext {
    /** The upstream's URL as the log shows it ({@code http://127.0.0.1:8080/path}), or null before one was chosen. */
    @Nullable
    String upstreamForLog();
}
