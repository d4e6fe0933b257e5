package io.frontdesk.modules.autoindex;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.text.HtmlEscape;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;

/** The list as XML. */
final class XmlListing {
    private XmlListing() {}

    static void write(List<Entry> entries, Bytes out) {
        out.write("<?xml version=\"1.0\"?>\r\n<list>\r\n");
        for (Entry entry : entries) {
            out.write('<');
            out.write(entry.kind());
            out.write(" mtime=\"");
            time(entry.modifiedSeconds(), out);
            if (entry.file()) {
                out.write("\" size=\"");
                out.writeDecimal(entry.size());
            }
            out.write("\">");
            Bytes name = Bytes.of(entry.name());
            HtmlEscape.escape(name.array(), 0, name.length(), out);
            out.write("</");
            out.write(entry.kind());
            out.write(">\r\n");
        }
        out.write("</list>\r\n");
    }

    private static void time(long seconds, Bytes out) {
        ZonedDateTime t = Instant.ofEpochSecond(seconds).atZone(ZoneOffset.UTC);
        out.writeDecimal(t.getYear(), 4);
        out.write('-');
        out.writeDecimal(t.getMonthValue(), 2);
        out.write('-');
        out.writeDecimal(t.getDayOfMonth(), 2);
        out.write('T');
        out.writeDecimal(t.getHour(), 2);
        out.write(':');
        out.writeDecimal(t.getMinute(), 2);
        out.write(':');
        out.writeDecimal(t.getSecond(), 2);
        out.write('Z');
    }
}
