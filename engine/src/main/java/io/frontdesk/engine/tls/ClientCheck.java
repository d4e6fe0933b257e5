package io.frontdesk.engine.tls;

/** {@code ssl_verify_client}: what is made of a client's certificate. */
public enum ClientCheck {
    /** It is not asked for. */
    OFF,
    /** A good one is needed. */
    ON,
    /** If there is one, it must be good. */
    OPTIONAL,
    /** If there is one, it may be of an authority that we don't know. */
    OPTIONAL_NO_CA
}
