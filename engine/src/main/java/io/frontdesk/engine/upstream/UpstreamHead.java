package io.frontdesk.engine.upstream;

import io.frontdesk.codec.http.Fields;
import org.jspecify.annotations.Nullable;

/** The head of an answer, as it was read from an upstream or kept by a cache. Loop of the exchange. */
public interface UpstreamHead {
    /** The status. */
    int status();

    /** The fields. */
    Fields fields();

    /** The reason phrase, or null for the usual one. */
    @Nullable
    String reason();

    /** The length of the response's body, -1 when it is not known. */
    long contentLength();

    /** The trailer fields, or null when there are none. */
    default @Nullable Fields trailers() {
        return null;
    }
}
