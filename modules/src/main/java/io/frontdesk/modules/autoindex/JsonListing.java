package io.frontdesk.modules.autoindex;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http.HttpDate;
import java.util.List;

/** The list as JSON, or as a call with it. */
final class JsonListing {
    private JsonListing() {}

    static void write(List<Entry> entries, String callback, Bytes out) {
        if (!callback.isEmpty()) {
            out.write("/* callback */\r\n");
            out.write(callback);
            out.write('(');
        }
        out.write('[');
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            out.write(i == 0 ? "\r\n{ \"name\":\"" : ",\r\n{ \"name\":\"");
            escape(entry.name(), out);
            out.write("\", \"type\":\"");
            out.write(entry.kind());
            out.write("\", \"mtime\":\"");
            HttpDate.format(entry.modifiedSeconds(), out);
            out.write('"');
            if (entry.file()) {
                out.write(", \"size\":");
                out.writeDecimal(entry.size());
            }
            out.write(" }");
        }
        out.write("\r\n]");
        if (!callback.isEmpty()) {
            out.write(");");
        }
    }

    /** RFC 8259 §7; bytes from 0x80 on are taken to be UTF-8. */
    private static void escape(String text, Bytes out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> {
                    out.write('\\');
                    out.write(c);
                }
                case '\n' -> out.write("\\n");
                case '\r' -> out.write("\\r");
                case '\t' -> out.write("\\t");
                case '\b' -> out.write("\\b");
                case '\f' -> out.write("\\f");
                default -> {
                    if (c < 0x20) {
                        out.write("\\u00");
                        out.writeHexPair(c);
                    } else {
                        out.write(c);
                    }
                }
            }
        }
    }
}
