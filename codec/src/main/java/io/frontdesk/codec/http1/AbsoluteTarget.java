package io.frontdesk.codec.http1;

import io.frontdesk.codec.Octets;
import io.frontdesk.codec.http.Method;
import io.frontdesk.codec.uri.UriNormalizer;

/**
 * Splits a target that names its authority: absolute-form, and with CONNECT authority-form (RFC 9112 §3.2.2, §3.2.3).
 */
final class AbsoluteTarget {
    private AbsoluteTarget() {}

    /** Sets the offsets of authority, path and query; false when the target is neither form. */
    static boolean split(byte[] a, RequestHead head) {
        int from = head.targetStart;
        int to = head.targetEnd;
        if (head.method == Method.CONNECT) {
            head.authorityStart = from;
            head.authorityEnd = to;
            head.pathStart = to;
            head.pathEnd = to;
            // nginx: a slash stands for the path
            head.pathComplex = true;
            // RFC 9110 §9.3.6: there is no default port
            return to > from && a[to - 1] >= '0' && a[to - 1] <= '9' && Octets.indexOf((byte) ':', a, from, to) < to;
        }
        int scheme = Octets.indexOf((byte) ':', a, from, to) - from;
        // other schemes are not ours to serve
        if (!Octets.equalsFolded(a, from, scheme, "http") && !Octets.equalsFolded(a, from, scheme, "https")) {
            return false;
        }
        int authority = from + scheme + 3;
        if (authority >= to || a[authority - 2] != '/' || a[authority - 1] != '/') {
            return false;
        }
        int path = authority;
        while (path < to && a[path] != '/' && a[path] != '?') {
            path++;
        }
        head.authorityStart = authority;
        head.authorityEnd = path;
        head.pathStart = path;
        head.pathEnd = Octets.indexOf((byte) '?', a, path, to);
        if (head.pathEnd < to) {
            head.queryStart = head.pathEnd + 1;
        }
        head.pathComplex = path == head.pathEnd || UriNormalizer.isComplex(a, path, head.pathEnd - path);
        return path > authority;
    }
}
