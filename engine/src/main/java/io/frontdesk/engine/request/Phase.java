package io.frontdesk.engine.request;

/**
 * The phases of a request, in the order in which they run. A phase holds the handlers that the modules put into a location's plan;
 * the order within a phase is the order of the packing list. SERVER_REWRITE and POST_READ belong to the server, the others to the location.
 */
public enum Phase {
    /** The address of the client may be replaced (realip). */
    POST_READ,
    /** rewrite, set, return of the server block. */
    SERVER_REWRITE,
    /** The location is chosen; the runner does it itself. */
    FIND_LOCATION,
    /** rewrite, set, if, return of the location. */
    REWRITE,
    /** A changed URI goes back to FIND_LOCATION; the runner does it itself. */
    POST_REWRITE,
    /** Limits. */
    PREACCESS,
    /** Who may come in; {@code satisfy} decides what several handlers mean together. */
    ACCESS,
    /** The verdict of {@code satisfy any}; the runner does it itself. */
    POST_ACCESS,
    /** try_files, mirror. */
    PRECONTENT,
    /** One handler answers. */
    CONTENT,
    /** The answer is out: post_action. What is begun here in the background is waited for. */
    ANSWERED,
    /** After the last byte: logs. Runs once per request, whatever happened to it. */
    LOG
}
