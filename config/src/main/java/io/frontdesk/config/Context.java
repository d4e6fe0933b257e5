package io.frontdesk.config;

/** The kinds of block that directives stand in. A block that no directive may stand in (a raw one) has no context. */
public enum Context {
    // @formatter:off
    MAIN("main"),
    EVENTS("events"),
    HTTP("http"),
    UPSTREAM("upstream"),
    SERVER("server"),
    LOCATION("location"),
    /** An {@code if} in a server. */
    SERVER_IF("if in server"),
    /** An {@code if} in a location. */
    LOCATION_IF("if in location"),
    LIMIT_EXCEPT("limit_except"),
    STREAM("stream"),
    STREAM_UPSTREAM("stream upstream"),
    STREAM_SERVER("stream server"),
    MAIL("mail"),
    MAIL_SERVER("mail server");
    // @formatter:on

    private final String label;

    Context(String label) {
        this.label = label;
    }

    /** The context as the reference pages name it. */
    public String label() {
        return label;
    }
}
