package io.frontdesk.engine.request;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http1.RequestHead;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The URI that a request has at a moment: decoded and normalised path, and arguments as sent. Both are ranges of byte arrays, so that
 * the common request copies nothing. It also knows how it changed on its way through the phases. Owned by its exchange.
 */
public final class RequestUri {
    /** How often it may change before the request is given up (nginx: ten). */
    public static final int MAX_CHANGES = 10;

    private static final byte[] NONE = new byte[0];
    private static final int MAX_KEPT = 4096;

    private byte[] pathBytes = NONE;
    private int pathOffset;
    private int pathLength;
    private byte[] argsBytes = NONE;
    private int argsOffset;
    private int argsLength;
    private boolean hasRawForm;
    private int changesLeft;
    private boolean changed;
    private boolean addsToAlias;
    private boolean locationFits;
    private final Bytes ownPath = new Bytes();
    private final Bytes ownArgs = new Bytes();

    /** Forgets how it changed: another request begins. */
    void clear() {
        changesLeft = MAX_CHANGES + 1;
        changed = false;
        addsToAlias = false;
        locationFits = true;
    }

    /** Sets it to that of a head. */
    public void begin(RequestHead head) {
        path(head.pathArray(), head.pathOffset(), head.pathLength());
        args(head.bytes().array(), Math.max(0, head.queryOffset()), head.queryLength());
        hasRawForm = true;
    }

    /** Sets it to a copy of another one as that is now. */
    void copyFrom(RequestUri other) {
        copyPath(other.pathBytes, other.pathOffset, other.pathLength);
        ownArgs.clear(MAX_KEPT);
        ownArgs.write(other.argsBytes, other.argsOffset, other.argsLength);
        args(ownArgs.array(), 0, ownArgs.length());
        hasRawForm = other.hasRawForm;
        addsToAlias = other.addsToAlias;
        locationFits = other.locationFits;
    }

    /** Sets the path to a range that stays unchanged while it is used. */
    public void path(byte[] bytes, int offset, int length) {
        pathBytes = bytes;
        pathOffset = offset;
        pathLength = length;
    }

    /** Sets the path to a byte string. */
    public void path(String path) {
        byte[] bytes = path.getBytes(StandardCharsets.ISO_8859_1);
        path(bytes, 0, bytes.length);
    }

    /** Sets the path to a copy of a range that does not lie in {@link #pathBytes}. */
    public void copyPath(byte[] bytes, int offset, int length) {
        ownPath.clear(MAX_KEPT);
        ownPath.write(bytes, offset, length);
        path(ownPath.array(), 0, length);
    }

    /**
     * Sets the arguments to a copy of a range that does not lie in {@link #argsBytes}. They are computed, so CR, LF, NUL and blanks in
     * them are encoded: arguments go into targets as they are.
     */
    public void copyArgs(byte[] bytes, int offset, int length) {
        ownArgs.clear(MAX_KEPT);
        for (int i = offset; i < offset + length; i++) {
            byte octet = bytes[i];
            if (octet >= 0 && octet <= ' ' || octet == 0x7f) {
                ownArgs.write('%');
                ownArgs.writeHexPair(octet);
            } else {
                ownArgs.write(octet);
            }
        }
        args(ownArgs.array(), 0, ownArgs.length());
    }

    /** Sets the arguments to a range that stays unchanged while it is used. */
    public void args(byte[] bytes, int offset, int length) {
        argsBytes = bytes;
        argsOffset = offset;
        argsLength = length;
    }

    /** Sets the arguments to a byte string, which {@link #copyArgs} makes fit for a target. */
    public void args(String args) {
        byte[] bytes = args.getBytes(StandardCharsets.ISO_8859_1);
        copyArgs(bytes, 0, bytes.length);
    }

    /** Whether the client's own spelling of the target still stands for this URI (nginx: {@code valid_unparsed_uri}). */
    public boolean hasRawForm() {
        return hasRawForm;
    }

    /** Says whether the client's own spelling may be sent on. */
    public void hasRawForm(boolean value) {
        hasRawForm = value;
    }

    /** Whether a rewrite changed it since the location was found. */
    public boolean isChanged() {
        return changed;
    }

    /** Says that a rewrite changed it (the location will be searched again), or that this was seen to. */
    public void changed(boolean value) {
        changed = value;
    }

    /** Counts a change; false when there were too many. */
    boolean countChange() {
        return --changesLeft > 0;
    }

    /**
     * Whether it still begins as the location says (nginx: {@code valid_location}): not after a {@code rewrite} that stayed in the
     * location.
     */
    public boolean locationFits() {
        return locationFits;
    }

    /** Says so. */
    public void locationFits(boolean value) {
        locationFits = value;
    }

    /** Whether an alias of a regex location takes all of it (nginx: {@code add_uri_to_alias}). */
    public boolean addsToAlias() {
        return addsToAlias;
    }

    /** Says so. */
    public void addsToAlias(boolean value) {
        addsToAlias = value;
    }

    /** The array that holds the path. */
    public byte[] pathBytes() {
        return pathBytes;
    }

    /** Where the path begins. */
    public int pathOffset() {
        return pathOffset;
    }

    /** The path's bytes in number. */
    public int pathLength() {
        return pathLength;
    }

    /** The last byte of the path, or 0 when it is empty. */
    public byte pathLast() {
        return pathLength == 0 ? 0 : pathBytes[pathOffset + pathLength - 1];
    }

    /** The path as a byte string. */
    public String path() {
        return new String(pathBytes, pathOffset, pathLength, StandardCharsets.ISO_8859_1);
    }

    /** Appends the path. */
    public void appendPath(Bytes out) {
        out.write(pathBytes, pathOffset, pathLength);
    }

    /** The array that holds the arguments. */
    public byte[] argsBytes() {
        return argsBytes;
    }

    /** Where the arguments begin. */
    public int argsOffset() {
        return argsOffset;
    }

    /** The arguments' bytes in number; 0 when there are none. */
    public int argsLength() {
        return argsLength;
    }

    /** The arguments as a byte string. */
    public String args() {
        return new String(argsBytes, argsOffset, argsLength, StandardCharsets.ISO_8859_1);
    }

    /** Appends the arguments. */
    public void appendArgs(Bytes out) {
        out.write(argsBytes, argsOffset, argsLength);
    }

    /** Whether the path begins with these bytes. */
    public boolean pathStartsWith(byte[] prefix) {
        return pathLength >= prefix.length
                && Arrays.equals(pathBytes, pathOffset, pathOffset + prefix.length, prefix, 0,
                        prefix.length);
    }
}
