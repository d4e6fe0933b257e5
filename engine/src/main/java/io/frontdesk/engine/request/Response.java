package io.frontdesk.engine.request;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.codec.http.HttpDate;
import io.frontdesk.engine.response.Ranges;
import org.jspecify.annotations.Nullable;

/**
 * The answer as it will go to the client. Filters change it until the head is written. Status, length and type are typed; all else is in
 * {@link #fields}. Owned by its exchange and reused.
 */
public final class Response {
    private int status;
    private @Nullable String statusLine;
    private final Fields fields = new Fields();
    private final Bytes contentType = new Bytes(64);
    private final Bytes charset = new Bytes(16);
    private long contentLength = -1;
    private long lastModifiedSeconds = -1;
    private boolean rangesAllowed;
    private @Nullable Ranges ranges;
    private boolean seekable;
    private boolean bodyInMemory;
    private boolean conditionsIgnored;
    private @Nullable String charsetOverride;
    private boolean omitsServer;
    private boolean omitsDate;
    private boolean headOnly;
    private boolean headSent;
    private @Nullable Fields trailers;

    /** Makes it empty again. */
    public void clear() {
        status = 0;
        statusLine = null;
        fields.clear();
        contentType.clear();
        charset.clear();
        contentLength = -1;
        lastModifiedSeconds = -1;
        rangesAllowed = false;
        ranges = null;
        seekable = false;
        bodyInMemory = false;
        conditionsIgnored = false;
        charsetOverride = null;
        omitsServer = false;
        omitsDate = false;
        headOnly = false;
        headSent = false;
        trailers = null;
    }

    /** The status code; 0 before one is set. */
    public int status() {
        return status;
    }

    /** Sets the status code. */
    public void status(int value) {
        status = value;
        statusLine = null;
    }

    /** The reason phrase that an upstream gave with its status, or null for the usual one. */
    public @Nullable String reason() {
        return statusLine;
    }

    /** Keeps an upstream's reason phrase, which was checked to be clean. */
    public void reason(@Nullable String value) {
        statusLine = value;
    }

    /** All fields but Content-Type, Content-Length, Transfer-Encoding, Connection, Server and Date (the last two unless passed on). */
    public Fields fields() {
        return fields;
    }

    /** The Content-Type without charset; empty for none. Write to it to set it. */
    public Bytes contentType() {
        return contentType;
    }

    /** Sets the Content-Type. */
    public void contentType(String type) {
        contentType.clear();
        contentType.write(type);
    }

    /** The charset that is appended to the Content-Type; empty for none. */
    public Bytes charset() {
        return charset;
    }

    /** The length of the body in bytes, or -1 when it is not known. */
    public long contentLength() {
        return contentLength;
    }

    /** Sets the body's length; -1 for unknown. */
    public void contentLength(long value) {
        contentLength = value;
    }

    /**
     * Last-Modified in seconds since the epoch, or -1: as it was set, or else as the field says. The head writer writes the field
     * from it where there is none.
     */
    public long lastModifiedSeconds() {
        if (lastModifiedSeconds < 0) {
            int field = fields.find(FieldName.LAST_MODIFIED);
            if (field >= 0) {
                long time = HttpDate.parse(fields.bytes().array(), fields.valueOffset(field),
                        fields.valueLength(field));
                return time == HttpDate.INVALID ? -1 : time;
            }
        }
        return lastModifiedSeconds;
    }

    /** Sets Last-Modified; -1 for none. */
    public void lastModifiedSeconds(long value) {
        lastModifiedSeconds = value;
    }

    /** A strong ETag becomes weak, as the bytes are no longer those that it was given for; one without quotes goes. */
    public void weakenEtag() {
        int etag = fields.find(FieldName.ETAG);
        if (etag < 0) {
            return;
        }
        String value = fields.valueString(etag);
        if (value.startsWith("W/")) {
            return;
        }
        fields.removeAll(FieldName.ETAG);
        if (value.startsWith("\"")) {
            fields.add(FieldName.ETAG, "W/" + value);
        }
    }

    /** Whether the range filter may cut it (nginx: {@code allow_ranges}). */
    public boolean rangesAllowed() {
        return rangesAllowed;
    }

    /** Says whether the range filter may cut it. */
    public void rangesAllowed(boolean value) {
        rangesAllowed = value;
    }

    /** The ranges that the range filter chose, which it will cut out of the body by itself unless they are taken. */
    public @Nullable Ranges ranges() {
        return ranges;
    }

    /** Takes the ranges: a handler that can send parts of an entity sends only them, and the filter lets all pass. */
    public @Nullable Ranges takeRanges() {
        Ranges taken = ranges;
        ranges = null;
        return taken;
    }

    /** Sets the ranges; null when they were taken. */
    public void ranges(@Nullable Ranges value) {
        ranges = value;
    }

    /** Whether the handler takes ranges, in any order. */
    public boolean isSeekable() {
        return seekable;
    }

    /** The handler says that it takes ranges. */
    public void markSeekable() {
        seekable = true;
    }

    /** Whether a filter reads the body: it must come as bytes, not as regions of files. */
    public boolean bodyInMemory() {
        return bodyInMemory;
    }

    /** A filter says that it reads the body. */
    public void needBodyInMemory() {
        bodyInMemory = true;
    }

    /** Whether If-Modified-Since and its kin are not for us to answer: an upstream saw them (nginx: disable_not_modified). */
    public boolean conditionsIgnored() {
        return conditionsIgnored;
    }

    /** Says that conditions of the request are not for us to answer. */
    public void conditionsIgnored(boolean value) {
        conditionsIgnored = value;
    }

    /** The charset that an upstream asks for with X-Accel-Charset, or null. */
    public @Nullable String charsetOverride() {
        return charsetOverride;
    }

    /** Sets the charset that an upstream asks for. */
    public void charsetOverride(@Nullable String value) {
        charsetOverride = value;
    }

    /** Whether there is no Server unless it is among the fields: an upstream's passes, and it sent none. */
    public boolean omitsServer() {
        return omitsServer;
    }

    /** Says so. */
    public void omitsServer(boolean value) {
        omitsServer = value;
    }

    /** Whether there is no Date unless it is among the fields: an upstream's passes, and it sent none. */
    public boolean omitsDate() {
        return omitsDate;
    }

    /** Says so. */
    public void omitsDate(boolean value) {
        omitsDate = value;
    }

    /** Whether no body follows: HEAD, 204, 304. Known once the head went through the filters. */
    public boolean headOnly() {
        return headOnly;
    }

    /** Says that no body follows. */
    public void headOnly(boolean value) {
        headOnly = value;
    }

    /** Whether the head went through the filters. */
    public boolean headSent() {
        return headSent;
    }

    /** The responder says that the head went through the filters. */
    public void markHeadSent() {
        headSent = true;
    }

    /** Trailer fields to send after the body, or null. */
    public @Nullable Fields trailers() {
        return trailers;
    }

    /** The trailer fields, made when there are none yet. */
    public Fields makeTrailers() {
        Fields t = trailers;
        if (t == null) {
            t = new Fields();
            trailers = t;
        }
        return t;
    }
}
