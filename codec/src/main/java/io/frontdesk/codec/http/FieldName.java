package io.frontdesk.codec.http;

import io.frontdesk.codec.Octets;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The field names that something here looks for, as small integers, and the hash that all names are found by. The hash
 * is
 * keyed per process, so that no client can choose names that collide. Stateless after start; callable from any thread.
 */
public final class FieldName {
    /** A name that is none of those below. */
    public static final int UNKNOWN = 0;
    /** Host. */
    public static final int HOST = 1;
    /** Connection. */
    public static final int CONNECTION = 2;
    /** Content-Length. */
    public static final int CONTENT_LENGTH = 3;
    /** Transfer-Encoding. */
    public static final int TRANSFER_ENCODING = 4;
    /** TE. */
    public static final int TE = 5;
    /** Trailer. */
    public static final int TRAILER = 6;
    /** Upgrade. */
    public static final int UPGRADE = 7;
    /** Keep-Alive. */
    public static final int KEEP_ALIVE = 8;
    /** Proxy-Connection. */
    public static final int PROXY_CONNECTION = 9;
    /** Proxy-Authorization. */
    public static final int PROXY_AUTHORIZATION = 10;
    /** Proxy-Authenticate. */
    public static final int PROXY_AUTHENTICATE = 11;
    /** Expect. */
    public static final int EXPECT = 12;
    /** Date. */
    public static final int DATE = 13;
    /** Server. */
    public static final int SERVER = 14;
    /** Cookie. */
    public static final int COOKIE = 15;
    /** Set-Cookie. */
    public static final int SET_COOKIE = 16;
    /** User-Agent. */
    public static final int USER_AGENT = 17;
    /** Referer. */
    public static final int REFERER = 18;
    /** Origin. */
    public static final int ORIGIN = 19;
    /** Accept. */
    public static final int ACCEPT = 20;
    /** Accept-Encoding. */
    public static final int ACCEPT_ENCODING = 21;
    /** Accept-Language. */
    public static final int ACCEPT_LANGUAGE = 22;
    /** Accept-Ranges. */
    public static final int ACCEPT_RANGES = 23;
    /** Range. */
    public static final int RANGE = 24;
    /** If-Range. */
    public static final int IF_RANGE = 25;
    /** If-Modified-Since. */
    public static final int IF_MODIFIED_SINCE = 26;
    /** If-Unmodified-Since. */
    public static final int IF_UNMODIFIED_SINCE = 27;
    /** If-Match. */
    public static final int IF_MATCH = 28;
    /** If-None-Match. */
    public static final int IF_NONE_MATCH = 29;
    /** Last-Modified. */
    public static final int LAST_MODIFIED = 30;
    /** ETag. */
    public static final int ETAG = 31;
    /** Age. */
    public static final int AGE = 32;
    /** Location. */
    public static final int LOCATION = 33;
    /** Refresh. */
    public static final int REFRESH = 34;
    /** Content-Type. */
    public static final int CONTENT_TYPE = 35;
    /** Content-Encoding. */
    public static final int CONTENT_ENCODING = 36;
    /** Content-Language. */
    public static final int CONTENT_LANGUAGE = 37;
    /** Content-Disposition. */
    public static final int CONTENT_DISPOSITION = 38;
    /** Content-Range. */
    public static final int CONTENT_RANGE = 39;
    /** Cache-Control. */
    public static final int CACHE_CONTROL = 40;
    /** Pragma. */
    public static final int PRAGMA = 41;
    /** Expires. */
    public static final int EXPIRES = 42;
    /** Vary. */
    public static final int VARY = 43;
    /** Via. */
    public static final int VIA = 44;
    /** Link. */
    public static final int LINK = 45;
    /** Forwarded. */
    public static final int FORWARDED = 46;
    /** X-Forwarded-For. */
    public static final int X_FORWARDED_FOR = 47;
    /** X-Forwarded-Proto. */
    public static final int X_FORWARDED_PROTO = 48;
    /** X-Forwarded-Host. */
    public static final int X_FORWARDED_HOST = 49;
    /** X-Real-IP. */
    public static final int X_REAL_IP = 50;
    /** X-Request-ID. */
    public static final int X_REQUEST_ID = 51;
    /** X-Accel-Redirect. */
    public static final int X_ACCEL_REDIRECT = 52;
    /** X-Accel-Expires. */
    public static final int X_ACCEL_EXPIRES = 53;
    /** X-Accel-Buffering. */
    public static final int X_ACCEL_BUFFERING = 54;
    /** X-Accel-Charset. */
    public static final int X_ACCEL_CHARSET = 55;
    /** X-Accel-Limit-Rate. */
    public static final int X_ACCEL_LIMIT_RATE = 56;
    /** Authorization. */
    public static final int AUTHORIZATION = 57;
    /** WWW-Authenticate. */
    public static final int WWW_AUTHENTICATE = 58;
    /** Status. */
    public static final int STATUS = 59;
    /** P3P. */
    public static final int P3P = 60;
    /** Allow. */
    public static final int ALLOW = 61;
    /** Retry-After. */
    public static final int RETRY_AFTER = 62;
    /** Depth. */
    public static final int DEPTH = 63;
    /** Destination. */
    public static final int DESTINATION = 64;
    /** Overwrite. */
    public static final int OVERWRITE = 65;
    /** Priority. */
    public static final int PRIORITY = 66;
    /** Early-Data. */
    public static final int EARLY_DATA = 67;
    /** HTTP2-Settings. */
    public static final int HTTP2_SETTINGS = 68;
    /** Sec-WebSocket-Key. */
    public static final int SEC_WEBSOCKET_KEY = 69;
    /** Sec-WebSocket-Version. */
    public static final int SEC_WEBSOCKET_VERSION = 70;
    /** Sec-WebSocket-Accept. */
    public static final int SEC_WEBSOCKET_ACCEPT = 71;
    /** Sec-WebSocket-Protocol. */
    public static final int SEC_WEBSOCKET_PROTOCOL = 72;
    /** Sec-WebSocket-Extensions. */
    public static final int SEC_WEBSOCKET_EXTENSIONS = 73;
    /** Strict-Transport-Security. */
    public static final int STRICT_TRANSPORT_SECURITY = 74;
    /** Upgrade-Insecure-Requests. */
    public static final int UPGRADE_INSECURE_REQUESTS = 75;
    /** DNT. */
    public static final int DNT = 76;
    /** Access-Control-Allow-Origin. */
    public static final int ACCESS_CONTROL_ALLOW_ORIGIN = 77;
    /** Alt-Svc. */
    public static final int ALT_SVC = 78;

    private static final String[] NAMES = {
            "", "Host", "Connection", "Content-Length", "Transfer-Encoding", "TE", "Trailer", "Upgrade",
            "Keep-Alive", "Proxy-Connection", "Proxy-Authorization", "Proxy-Authenticate", "Expect", "Date",
            "Server", "Cookie", "Set-Cookie", "User-Agent", "Referer", "Origin", "Accept", "Accept-Encoding",
            "Accept-Language", "Accept-Ranges", "Range", "If-Range", "If-Modified-Since", "If-Unmodified-Since",
            "If-Match", "If-None-Match", "Last-Modified", "ETag", "Age", "Location", "Refresh", "Content-Type",
            "Content-Encoding", "Content-Language", "Content-Disposition", "Content-Range", "Cache-Control",
            "Pragma", "Expires", "Vary", "Via", "Link", "Forwarded", "X-Forwarded-For", "X-Forwarded-Proto",
            "X-Forwarded-Host", "X-Real-IP", "X-Request-ID", "X-Accel-Redirect", "X-Accel-Expires",
            "X-Accel-Buffering", "X-Accel-Charset", "X-Accel-Limit-Rate", "Authorization", "WWW-Authenticate",
            "Status", "P3P", "Allow", "Retry-After", "Depth", "Destination", "Overwrite", "Priority",
            "Early-Data", "HTTP2-Settings", "Sec-WebSocket-Key", "Sec-WebSocket-Version", "Sec-WebSocket-Accept",
            "Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions", "Strict-Transport-Security",
            "Upgrade-Insecure-Requests", "DNT", "Access-Control-Allow-Origin", "Alt-Svc"
    };

    /** One more than the highest id. */
    public static final int COUNT = NAMES.length;

    private static final int SLOTS = 512;
    private static final long FOLD = 0x2020202020202020L;
    private static final long KEY_HEAD = ThreadLocalRandom.current().nextLong() | 1;
    private static final long KEY_TAIL = ThreadLocalRandom.current().nextLong() | 1;
    private static final byte[][] WIRE = new byte[COUNT][];
    private static final long[] HEAD = new long[COUNT];
    private static final long[] TAIL = new long[COUNT];
    private static final byte[] TABLE = new byte[SLOTS];

    static {
        for (int id = 0; id < COUNT; id++) {
            WIRE[id] = NAMES[id].getBytes(StandardCharsets.ISO_8859_1);
            int length = WIRE[id].length;
            if (length > 0) {
                HEAD[id] = head(WIRE[id], 0, length);
                TAIL[id] = tail(WIRE[id], 0, length);
                int slot = slot(hash(HEAD[id] + middle(WIRE[id], 0, length), TAIL[id], length));
                while (TABLE[slot] != 0) {
                    slot = (slot + 1) & (SLOTS - 1);
                }
                TABLE[slot] = (byte) id;
            }
        }
    }

    private FieldName() {}

    /** The id of a name in any case, or {@link #UNKNOWN}. */
    public static int idOf(byte[] array, int offset, int length) {
        return id(lookup(array, offset, length));
    }

    /** The id of a name in any case, or {@link #UNKNOWN}. */
    public static int idOf(String name) {
        return idOf(name.getBytes(StandardCharsets.ISO_8859_1), 0, name.length());
    }

    /** The keyed hash of a name, the same in any case. */
    public static int lowerHash(byte[] array, int offset, int length) {
        return hash(lookup(array, offset, length));
    }

    /** Id and hash at once; take them apart with {@link #id(long)} and {@link #hash(long)}. */
    public static long lookup(byte[] array, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        long head = head(array, offset, length);
        long tail = tail(array, offset, length);
        int hash = hash(length <= 16 ? head : head + middle(array, offset, length), tail, length);
        long found = (long) hash << 32;
        for (int slot = slot(hash); TABLE[slot] != 0; slot = (slot + 1) & (SLOTS - 1)) {
            int id = TABLE[slot];
            // for token characters the fold by 0x20 is exact against a name of letters, digits and hyphens
            if (HEAD[id] == head && TAIL[id] == tail && WIRE[id].length == length
                    && (length <= 16 || Octets.equalsFolded(WIRE[id], 8, array, offset + 8, length - 16))) {
                return found | id;
            }
        }
        return found;
    }

    /** The id in what {@link #lookup} gave. */
    public static int id(long looked) {
        return (int) looked;
    }

    /** The hash in what {@link #lookup} gave. */
    public static int hash(long looked) {
        return (int) (looked >>> 32);
    }

    /** The name in its usual spelling. */
    public static String name(int id) {
        return NAMES[id];
    }

    /** The name in its usual spelling, as bytes. The array is shared: do not write to it. */
    public static byte[] wire(int id) {
        return WIRE[id];
    }

    private static long head(byte[] array, int offset, int length) {
        return Octets.word(array, offset, length) | FOLD;
    }

    private static long tail(byte[] array, int offset, int length) {
        return length <= 8 ? 0 : Octets.word(array, offset + length - 8, 8) | FOLD;
    }

    /** What lies between the first and the last eight octets. */
    private static long middle(byte[] array, int offset, int length) {
        long mixed = 0;
        for (int i = 8; i < length - 8; i += 8) {
            mixed = (mixed ^ (Octets.word(array, offset + i, 8) | FOLD)) * KEY_TAIL;
            mixed ^= mixed >>> 32;
        }
        return mixed;
    }

    private static int hash(long head, long tail, int length) {
        long mixed = (head * KEY_HEAD) ^ Long.rotateLeft(tail * KEY_TAIL, 29) ^ (length * KEY_TAIL);
        return (int) ((mixed * KEY_HEAD) >>> 32);
    }

    private static int slot(int hash) {
        return hash >>> 23;
    }
}
