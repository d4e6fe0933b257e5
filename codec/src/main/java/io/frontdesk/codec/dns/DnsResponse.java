package io.frontdesk.codec.dns;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A response, read step by step in nginx's order: the header, the question, and the answers when they are wanted. Reads untrusted
 * bytes: whatever they are, nothing but {@link DnsFormatException} comes of it. Belongs to whoever read it.
 */
public final class DnsResponse {
    private static final int HEADER = 12;
    /** Of a question behind its name. */
    private static final int QUESTION = 4;
    /** Of a record behind its name and before its data. */
    private static final int RECORD = 10;
    private static final int CLASS_IN = 1;
    /** nginx: a name of 255 octets has at most 128 labels, and pointers could go round for ever. */
    private static final int MAX_STEPS = 128;
    private static final int POINTER = 0xc0;

    private final byte[] bytes;
    private int answersAt;
    private @Nullable DnsType type;

    private DnsResponse(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes a message; it is not to be changed any more. */
    public static DnsResponse read(byte[] message) throws DnsFormatException {
        if (message.length < HEADER) {
            throw DnsFormatException.tooShort();
        }
        return new DnsResponse(message);
    }

    /** Which query it answers. */
    public int id() {
        return word(0);
    }

    /** The flags, the response code included. */
    public int flags() {
        return word(2);
    }

    /** Whether it is a response to a standard query, without bits set that must be zero. */
    public boolean isStandard() {
        return (flags() & 0xf870) == 0x8000;
    }

    /** Whether it was cut off: the whole is to be had over TCP. */
    public boolean isTruncated() {
        return (flags() & 0x0200) != 0;
    }

    /** The response code: 0 is success, 3 is NXDOMAIN. */
    public int code() {
        return flags() & 0xf;
    }

    /** How many records the answer section is said to have. */
    public int answerCount() {
        return word(6);
    }

    /** Its one question. */
    public DnsQuestion question() throws DnsFormatException {
        if (word(4) != 1) {
            throw new DnsFormatException("invalid number of questions in DNS response");
        }
        int at = HEADER;
        while (at < bytes.length && bytes[at] != 0) {
            if ((bytes[at] & POINTER) != 0) {
                throw new DnsFormatException("unexpected compression pointer in DNS response");
            }
            at += 1 + bytes[at];
        }
        if (at >= bytes.length) {
            throw DnsFormatException.tooShort();
        }
        if (at++ == HEADER) {
            throw new DnsFormatException("zero-length domain name in DNS response");
        }
        if (at + QUESTION + answerCount() * (2 + RECORD) > bytes.length) {
            throw DnsFormatException.tooShort();
        }
        if (word(at + 2) != CLASS_IN) {
            throw new DnsFormatException("unknown query class " + word(at + 2) + " in DNS response");
        }
        DnsType asked = DnsType.of(word(at));
        if (asked == null) {
            throw new DnsFormatException("unknown query type " + word(at) + " in DNS response");
        }
        type = asked;
        answersAt = at + QUESTION;
        return new DnsQuestion(nameAt(HEADER), asked);
    }

    /** The records of the answer section, in their order; after {@link #question}. */
    public List<DnsRecord> answers() throws DnsFormatException {
        DnsType asked = type;
        if (asked == null) {
            throw new IllegalStateException("the question comes first");
        }
        List<DnsRecord> records = new ArrayList<>();
        int at = answersAt;
        for (int left = answerCount(); left > 0; left--) {
            at = skipName(at);
            // nginx: >=, so a record without data at the very end is short too
            if (at + RECORD >= bytes.length) {
                throw DnsFormatException.tooShort();
            }
            if (word(at + 2) != CLASS_IN) {
                throw new DnsFormatException("unexpected RR class " + word(at + 2) + " in DNS response");
            }
            records.add(record(at, asked));
            at += RECORD + word(at + 8);
        }
        return records;
    }

    private DnsRecord record(int at, DnsType asked) throws DnsFormatException {
        // RFC 2181 §8: a negative TTL counts as zero.
        long ttl = Math.max(0, word(at + 4) << 16 | word(at + 6));
        int number = word(at);
        int length = word(at + 8);
        int data = at + RECORD;
        DnsType known = DnsType.of(number);
        if (known == DnsType.SRV && asked == DnsType.SRV) {
            if (data + 6 >= bytes.length) {
                throw DnsFormatException.tooShort();
            }
            return new DnsRecord.Service(ttl, word(data), word(data + 2), word(data + 4), nameAt(data + 6));
        }
        if (known == DnsType.A || known == DnsType.AAAA) {
            if (asked != DnsType.SRV) {
                return address(known, asked, ttl, data, length);
            }
        } else if (number == DnsType.CNAME) {
            return new DnsRecord.Alias(ttl, data);
        }
        return new DnsRecord.Other(ttl, number, number == DnsType.DNAME);
    }

    private DnsRecord address(DnsType found, DnsType asked, long ttl, int data, int length)
            throws DnsFormatException {
        if (found != asked) {
            throw new DnsFormatException("unexpected " + found + " record in DNS response");
        }
        if (length != (found == DnsType.A ? 4 : 16)) {
            throw new DnsFormatException("invalid " + found + " record in DNS response");
        }
        if (data + length > bytes.length) {
            throw DnsFormatException.tooShort();
        }
        return new DnsRecord.Address(ttl, Arrays.copyOfRange(bytes, data, data + length));
    }

    private int skipName(int from) throws DnsFormatException {
        int at = from;
        while (at < bytes.length) {
            if ((bytes[at] & POINTER) != 0) {
                return at + 2;
            }
            if (bytes[at] == 0) {
                if (at == from) {
                    throw new DnsFormatException("invalid name in DNS response");
                }
                return at + 1;
            }
            at += 1 + bytes[at];
        }
        throw DnsFormatException.tooShort();
    }

    /** The name that begins at a place of the message: in lower case, its pointers followed; empty for the root. */
    public String nameAt(int from) throws DnsFormatException {
        StringBuilder name = new StringBuilder();
        int at = from;
        for (int step = 0; step < MAX_STEPS; step++) {
            int length = octetOfName(at++);
            if (length == 0) {
                return name.toString();
            }
            if ((length & POINTER) == 0) {
                if (at + length >= bytes.length) {
                    throw new DnsFormatException("name is out of DNS response");
                }
                appendLabel(name, at, length);
                at += length;
            } else if ((length & POINTER) == POINTER) {
                at = (length & ~POINTER) << 8 | octetOfName(at);
            } else {
                throw new DnsFormatException("invalid label type in DNS response");
            }
        }
        throw new DnsFormatException("compression pointers loop in DNS response");
    }

    private void appendLabel(StringBuilder name, int at, int length) {
        if (!name.isEmpty()) {
            name.append('.');
        }
        int before = name.length();
        name.append(new String(bytes, at, length, StandardCharsets.ISO_8859_1));
        for (int i = before; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                name.setCharAt(i, (char) (c | 0x20));
            }
        }
    }

    private int octetOfName(int at) throws DnsFormatException {
        if (at >= bytes.length) {
            throw new DnsFormatException("name is out of DNS response");
        }
        return bytes[at] & 0xff;
    }

    private int word(int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }
}
