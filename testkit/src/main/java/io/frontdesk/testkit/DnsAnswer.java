package io.frontdesk.testkit;

import io.frontdesk.net.AddressText;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** What a {@link DnsServer} answers: records and flags, put together by a test. */
public final class DnsAnswer {
    private final List<Row> records = new ArrayList<>();
    private int flags = 0x8180;
    private int idOffset;

    private record Row(String onlyFor, int type, int ttl, byte[] data) {}

    private DnsAnswer() {}

    /** An answer without records. */
    public static DnsAnswer of() {
        return new DnsAnswer();
    }

    /** An answer of this code and nothing else: 2 for SERVFAIL, 3 for NXDOMAIN. */
    public static DnsAnswer code(int code) {
        DnsAnswer answer = new DnsAnswer();
        answer.flags |= code;
        return answer;
    }

    /** Adds an address, which only answers a question of its type. */
    public DnsAnswer address(int ttl, String literal) {
        InetAddress address = Objects.requireNonNull(AddressText.literal(literal));
        byte[] bytes = address.getAddress();
        return bytes.length == 4 ? add("A", 1, ttl, bytes) : add("AAAA", 28, ttl, bytes);
    }

    /** Adds a CNAME. */
    public DnsAnswer alias(int ttl, String target) {
        return add("", 5, ttl, name(target));
    }

    /** Adds a SRV record, which only answers a question of that type. */
    public DnsAnswer service(int ttl, int priority, int weight, int port, String target) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        word(data, priority);
        word(data, weight);
        word(data, port);
        data.writeBytes(name(target));
        return add("SRV", 33, ttl, data.toByteArray());
    }

    /** Says that it is cut off. */
    public DnsAnswer truncated() {
        flags |= 0x0200;
        return this;
    }

    /** Gives it another id than that of the question. */
    public DnsAnswer withWrongId() {
        idOffset = 1;
        return this;
    }

    private DnsAnswer add(String onlyFor, int type, int ttl, byte[] data) {
        records.add(new Row(onlyFor, type, ttl, data));
        return this;
    }

    /** The message. */
    public byte[] encode(DnsAsked question) {
        List<Row> rows = records.stream().filter(row -> row.onlyFor.isEmpty() || row.onlyFor.equals(question.type()))
                .toList();
        byte[] query = question.query();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        word(out, question.id() + idOffset);
        word(out, flags);
        word(out, 1);
        word(out, rows.size());
        word(out, 0);
        word(out, 0);
        out.writeBytes(Arrays.copyOfRange(query, 12, query.length));
        for (Row row : rows) {
            word(out, 0xc00c);
            word(out, row.type);
            word(out, 1);
            word(out, row.ttl >> 16);
            word(out, row.ttl);
            word(out, row.data.length);
            out.writeBytes(row.data);
        }
        return out.toByteArray();
    }

    private static byte[] name(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String label : text.split("\\.")) {
            out.write(label.length());
            out.writeBytes(label.getBytes(StandardCharsets.ISO_8859_1));
        }
        out.write(0);
        return out.toByteArray();
    }

    private static void word(ByteArrayOutputStream out, int value) {
        out.write(value >> 8);
        out.write(value);
    }
}
