package io.frontdesk.engine.upstream;

/** The fields of a response that {@code proxy_ignore_headers} can take the meaning from. */
public enum IgnoredHeader {
    /** X-Accel-Redirect. */
    X_ACCEL_REDIRECT("X-Accel-Redirect"),
    /** X-Accel-Expires. */
    X_ACCEL_EXPIRES("X-Accel-Expires"),
    /** X-Accel-Limit-Rate. */
    X_ACCEL_LIMIT_RATE("X-Accel-Limit-Rate"),
    /** X-Accel-Buffering. */
    X_ACCEL_BUFFERING("X-Accel-Buffering"),
    /** X-Accel-Charset. */
    X_ACCEL_CHARSET("X-Accel-Charset"),
    /** Expires: for caches. */
    EXPIRES("Expires"),
    /** Cache-Control: for caches. */
    CACHE_CONTROL("Cache-Control"),
    /** Set-Cookie: for caches. */
    SET_COOKIE("Set-Cookie"),
    /** Vary: for caches. */
    VARY("Vary");

    private final String field;

    IgnoredHeader(String field) {
        this.field = field;
    }

    /** The field's name. */
    public String field() {
        return field;
    }
}
