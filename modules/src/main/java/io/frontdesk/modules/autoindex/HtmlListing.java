package io.frontdesk.modules.autoindex;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.text.HtmlEscape;
import io.frontdesk.codec.uri.UriEscape;
import io.frontdesk.engine.request.RequestUri;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;

/** The list as a page. */
final class HtmlListing {
    /** How many characters of a name are shown. */
    private static final int NAME_WIDTH = 50;
    private static final int EXACT_WIDTH = 19;
    private static final int ROUNDED_WIDTH = 7;
    private static final String[] MONTHS = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct",
            "Nov", "Dec"};

    private final boolean exactSize;
    private final boolean utf8;
    private final ZoneId zone;

    HtmlListing(boolean localTime, boolean exactSize, boolean utf8) {
        this.zone = localTime ? ZoneId.systemDefault() : ZoneOffset.UTC;
        this.exactSize = exactSize;
        this.utf8 = utf8;
    }

    void write(RequestUri uri, List<Entry> entries, Bytes out) {
        out.write("<html>\r\n<head><title>Index of ");
        HtmlEscape.escape(uri.pathBytes(), uri.pathOffset(), uri.pathLength(), out);
        out.write("</title></head>\r\n<body>\r\n<h1>Index of ");
        HtmlEscape.escape(uri.pathBytes(), uri.pathOffset(), uri.pathLength(), out);
        out.write("</h1><hr><pre><a href=\"../\">../</a>\r\n");
        for (Entry entry : entries) {
            line(entry, out);
        }
        out.write("</pre><hr></body>\r\n</html>\r\n");
    }

    private void line(Entry entry, Bytes out) {
        Bytes name = Bytes.of(entry.name());
        out.write("<a href=\"");
        UriEscape.COMPONENT.escape(name.array(), 0, name.length(), out);
        out.write(entry.folder() ? "/\">" : "\">");
        int width = utf8 ? utf8Length(name, name.length()) : name.length();
        if (width > NAME_WIDTH) {
            HtmlEscape.escape(name.array(), 0, prefix(name, NAME_WIDTH - 3), out);
            out.write("..&gt;</a>");
            width = NAME_WIDTH;
        } else {
            HtmlEscape.escape(name.array(), 0, name.length(), out);
            if (entry.folder() && width < NAME_WIDTH) {
                out.write('/');
                width++;
            }
            out.write("</a>");
        }
        spaces(NAME_WIDTH - width + 1, out);
        time(entry.modifiedSeconds(), out);
        size(entry, out);
        out.write("\r\n");
    }

    /** How many bytes so many characters take. */
    private int prefix(Bytes name, int characters) {
        if (!utf8) {
            return characters;
        }
        int at = 0;
        for (int i = 0; i < characters; i++) {
            at += Math.max(1, sequence(name, at, name.length()));
        }
        return at;
    }

    /** Characters in number; as nginx, the bytes where the text is not UTF-8. */
    private static int utf8Length(Bytes text, int length) {
        int characters = 0;
        for (int at = 0; at < length; characters++) {
            int bytes = sequence(text, at, length);
            if (bytes == 0) {
                return length;
            }
            at += bytes;
        }
        return characters;
    }

    /** The bytes of the character at a place, 0 when it is none. */
    private static int sequence(Bytes text, int at, int length) {
        int first = text.get(at) & 0xff;
        int bytes = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
        if (at + bytes > length) {
            return 0;
        }
        for (int i = 1; i < bytes; i++) {
            if ((text.get(at + i) & 0xc0) != 0x80) {
                return 0;
            }
        }
        return bytes;
    }

    private void time(long seconds, Bytes out) {
        ZonedDateTime t = Instant.ofEpochSecond(seconds).atZone(zone);
        out.writeDecimal(t.getDayOfMonth(), 2);
        out.write('-');
        out.write(MONTHS[t.getMonthValue() - 1]);
        out.write('-');
        out.writeDecimal(t.getYear());
        out.write(' ');
        out.writeDecimal(t.getHour(), 2);
        out.write(':');
        out.writeDecimal(t.getMinute(), 2);
        out.write(' ');
    }

    private void size(Entry entry, Bytes out) {
        String size = entry.folder() ? "-" : exactSize ? Long.toString(entry.size()) : rounded(entry.size());
        spaces((exactSize ? EXACT_WIDTH : ROUNDED_WIDTH) - size.length(), out);
        out.write(size);
    }

    /** As nginx: bytes below 10000, then the nearest K, M or G. */
    private static String rounded(long size) {
        if (size > (1 << 30) - 1) {
            return nearest(size, 30) + "G";
        }
        if (size > (1 << 20) - 1) {
            return nearest(size, 20) + "M";
        }
        return size > 9999 ? nearest(size, 10) + "K" : Long.toString(size);
    }

    private static long nearest(long size, int shift) {
        long half = 1L << shift - 1;
        return (size >> shift) + ((size & (1L << shift) - 1) > half - 1 ? 1 : 0);
    }

    private static void spaces(int count, Bytes out) {
        for (int i = 0; i < count; i++) {
            out.write(' ');
        }
    }
}
