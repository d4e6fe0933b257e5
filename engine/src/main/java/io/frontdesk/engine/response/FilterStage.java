package io.frontdesk.engine.response;

/**
 * The filters of a response in the order in which they see head and body; the client's codec comes after the last. The
 * order is a fact of HTTP and nginx's: fields are added before the body's encoding changes them, what changes the body
 * comes before what cuts ranges out of it, and both before what decides about framing. The response of a subrequest passes those from
 * {@link #GUNZIP} to {@link #SUBREQUESTS}; what comes before and behind them is about the client's own response.
 */
public enum FilterStage {
    /** If-Modified-Since, If-None-Match and the like: nothing below needs to work for a 304. */
    NOT_MODIFIED,
    /** expires, add_header, add_trailer: they see the type as the handler set it, without a charset. */
    HEADERS,
    /** Cookies for user ids. */
    USERID,
    /** Decompression for those stages that must see the text, and for clients that cannot. */
    GUNZIP,
    /** Replacement of texts. */
    SUB,
    /** Recoding of characters. */
    CHARSET,
    /** Server-side includes: commands are read in the charset of the response. */
    SSI,
    /** Responses before and behind the body: behind all that may hold the body back. */
    ADDITION,
    /** The output of subrequests joins that of the request: from here on there is one body. */
    SUBREQUESTS,
    /** Compression. */
    GZIP,
    /** Ranges are cut from what is final. */
    RANGE
}
