package io.frontdesk.engine.request;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.uri.UriEscape;
import io.frontdesk.net.regex.Captures;

/**
 * The groups of the last regular expression that matched in an exchange, with their own copy of the subject. One per exchange, reused.
 */
public final class Groups {
    private final Captures captures = new Captures();
    private byte[] subject = {};
    private int count;

    /** The offsets to hand to a match; call {@link #matched} when it did. */
    public Captures captures() {
        return captures;
    }

    /** Keeps the subject of a match that filled {@link #captures}: {@code groups} counts the whole match too. */
    public void matched(byte[] bytes, int offset, int length, int groups) {
        if (subject.length < length) {
            subject = new byte[Math.max(length, Math.max(256, subject.length * 2))];
        }
        System.arraycopy(bytes, offset, subject, 0, length);
        count = groups;
    }

    /** Takes over the match of another exchange. */
    void copyFrom(Groups other) {
        captures.copyFrom(other.captures);
        subject = other.subject.clone();
        count = other.count;
    }

    /** Forgets the match. */
    public void clear() {
        count = 0;
    }

    /** Appends a group; false when there is none of that number, or it took no part. */
    public boolean append(int group, Bytes out) {
        if (group >= count || captures.start(group) < 0) {
            return false;
        }
        int start = captures.start(group);
        out.write(subject, start, captures.end(group) - start);
        return true;
    }

    /** Appends a group in its escaped form; false when there is none of that number, or it took no part. */
    public boolean append(int group, Bytes out, UriEscape escape) {
        if (group >= count || captures.start(group) < 0) {
            return false;
        }
        int start = captures.start(group);
        escape.escape(subject, start, captures.end(group) - start, out);
        return true;
    }

    /** The groups of the last match as a remark: {@code ($1 = "a", $2 = "b")}; empty when there are none. */
    public String describe() {
        StringBuilder text = new StringBuilder();
        for (int group = 1; group < count; group++) {
            text.append(text.isEmpty() ? " ($" : ", $").append(group).append(" = \"").append(text(group)).append('"');
        }
        return text.isEmpty() ? "" : text.append(')').toString();
    }

    /** A group as a byte string; empty when there is none. */
    public String text(int group) {
        if (group >= count || captures.start(group) < 0) {
            return "";
        }
        int start = captures.start(group);
        return new String(subject, start, captures.end(group) - start, java.nio.charset.StandardCharsets.ISO_8859_1);
    }
}
