package io.frontdesk.modules.proxy;

/** The flags of {@code proxy_cookie_flags}, named there in lower case. */
enum CookieFlag {
    /** Adds Secure. */
    SECURE,
    /** Removes it. */
    NOSECURE,
    /** Adds HttpOnly. */
    HTTPONLY,
    /** Removes it. */
    NOHTTPONLY,
    /** SameSite=Strict. */
    SAMESITE_STRICT("samesite=strict"),
    /** SameSite=Lax. */
    SAMESITE_LAX("samesite=lax"),
    /** SameSite=None. */
    SAMESITE_NONE("samesite=none"),
    /** Removes SameSite. */
    NOSAMESITE;

    private final String text;

    CookieFlag() {
        this.text = name().toLowerCase(java.util.Locale.ROOT);
    }

    CookieFlag(String text) {
        this.text = text;
    }

    /** As it is written in a configuration. */
    String text() {
        return text;
    }
}
