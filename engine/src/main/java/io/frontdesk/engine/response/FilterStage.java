package io.frontdesk.engine.response;

/**
 * The filters of a response in the order in which they see head and body; the client's codec comes after the last. The order is a fact
 * of HTTP and nginx's: what changes the body comes before what cuts ranges out of it, and both before what decides about framing.
 */
public enum FilterStage {
    /** If-Modified-Since, If-None-Match and the like: nothing below needs to work for a 304. */
    NOT_MODIFIED,
    /** Body text may be inserted before anything encodes it (addition, sub, ssi). */
    BODY_CHANGE,
    /** Recoding of characters. */
    CHARSET,
    /** expires, add_header, add_trailer. */
    HEADERS,
    /** Cookies for user ids. */
    USERID,
    /** Decompression for clients that cannot. */
    GUNZIP,
    /** Compression. */
    GZIP,
    /** Ranges are cut from what is final. */
    RANGE
}
