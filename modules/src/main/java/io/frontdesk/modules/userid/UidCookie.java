package io.frontdesk.modules.userid;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.core.FieldVariables;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.variable.Template;
import io.frontdesk.modules.userid.UseridModule.Mode;
import io.frontdesk.net.AddressText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The cookie of one location. Immutable, shared by all loops. */
final class UidCookie {
    /** Without a date: until the browser is closed. */
    static final Long NO_EXPIRY = 0L;
    /** nginx: the last day of 2037. */
    static final Long MAX_EXPIRY = -1L;

    private static final int TEXT_LENGTH = 22;
    private static final String MAX_DATE = "Thu, 31-Dec-37 23:55:55 GMT";
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, dd-MMM-yy HH:mm:ss 'GMT'",
            Locale.ROOT);
    private static final DateTimeFormatter LATE_DATE = DateTimeFormatter.ofPattern("EEE, dd-MMM-yyyy HH:mm:ss 'GMT'",
            Locale.ROOT);

    private final int slot;
    private final Mode mode;
    private final @Nullable Integer service;
    private final String name;
    private final byte[] nameBytes;
    private final Template reset;
    private final String mark;
    private final long expirySeconds;
    private final String attributes;
    private final String p3p;

    UidCookie(int slot, Mode mode, @Nullable Integer service, String name, Template reset, String mark,
            long expirySeconds, String attributes, String p3p) {
        this.slot = slot;
        this.mode = mode;
        this.service = service;
        this.name = name;
        this.nameBytes = name.getBytes(StandardCharsets.ISO_8859_1);
        this.reset = reset;
        this.mark = mark;
        this.expirySeconds = expirySeconds;
        this.attributes = attributes;
        this.p3p = p3p;
    }

    /** Appends {@code $uid_got} or {@code $uid_set}. */
    boolean append(Exchange ex, boolean set, Bytes out) {
        if (set && mode == Mode.LOG) {
            return false;
        }
        Uids uids = uids(ex);
        if (set) {
            decide(ex, uids);
        }
        int[] uid = set ? uids.set : uids.got;
        if (uid == null) {
            return false;
        }
        out.write(name);
        out.write('=');
        HexFormat hex = HexFormat.of().withUpperCase();
        for (int part : uid) {
            out.write(hex.toHexDigits(part));
        }
        return true;
    }

    /** Sets the cookie where one is due. */
    void addTo(Exchange ex) {
        Uids uids = uids(ex);
        decide(ex, uids);
        int[] set = uids.set;
        if (set == null) {
            return;
        }
        StringBuilder value = new StringBuilder(128).append(name).append('=');
        if (uids.got == null || uids.reset) {
            String text = Base64.getEncoder().encodeToString(bytes(set));
            value.append(mark.isEmpty() ? text : text.substring(0, TEXT_LENGTH) + mark + "=");
        } else {
            value.append(uids.text, 0, TEXT_LENGTH).append(mark).append('=');
        }
        if (expirySeconds != NO_EXPIRY) {
            value.append("; expires=").append(date(ex.worker().clock().wallSeconds()));
        }
        value.append(attributes);
        Fields fields = ex.response().fields();
        fields.add(FieldName.SET_COOKIE, value.toString());
        if (!p3p.isEmpty()) {
            fields.add("P3P", p3p);
        }
    }

    private String date(long nowSeconds) {
        if (expirySeconds == MAX_EXPIRY) {
            return MAX_DATE;
        }
        var time = Instant.ofEpochSecond(nowSeconds + expirySeconds).atOffset(ZoneOffset.UTC);
        return (time.getYear() > 2037 ? LATE_DATE : DATE).format(time);
    }

    private Uids uids(Exchange ex) {
        if (ex.slot(slot) instanceof Uids known) {
            return known;
        }
        Uids uids = new Uids();
        ex.slot(slot, uids);
        Bytes text = ex.worker().takeScratch();
        try {
            if (FieldVariables.cookie(ex.request().fields(), nameBytes, text)) {
                uids.text = text.toString();
                uids.got = decode(ex, uids.text);
            }
        } finally {
            ex.worker().giveBackScratch(text);
        }
        return uids;
    }

    /** nginx: 22 characters count; what follows is a mark, or anything. */
    private static int @Nullable [] decode(Exchange ex, String text) {
        if (text.length() < TEXT_LENGTH) {
            ex.log(FaultKind.BAD_REQUEST, Severity.ERROR, "client sent too short userid cookie \"" + text + "\"");
            return null;
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text.substring(0, TEXT_LENGTH));
        } catch (IllegalArgumentException e) {
            ex.log(FaultKind.BAD_REQUEST, Severity.ERROR, "client sent invalid userid cookie \"" + text + "\"");
            return null;
        }
        int[] uid = new int[4];
        for (int i = 0; i < 16; i++) {
            uid[i >> 2] |= (bytes[i] & 0xff) << 8 * (i & 3);
        }
        return uid[3] == 0 ? null : uid;
    }

    private static byte[] bytes(int[] uid) {
        byte[] bytes = new byte[16];
        for (int i = 0; i < 16; i++) {
            bytes[i] = (byte) (uid[i >> 2] >>> 8 * (i & 3));
        }
        return bytes;
    }

    private void decide(Exchange ex, Uids uids) {
        if (uids.decided) {
            return;
        }
        uids.decided = true;
        int[] got = uids.got;
        if (got != null) {
            String wish = reset.value(ex);
            if (wish.isEmpty() || wish.equals("0")) {
                boolean marked = mark.isEmpty()
                        || uids.text.length() > TEXT_LENGTH + 1 && uids.text.startsWith(mark + "=", TEXT_LENGTH);
                uids.set = marked ? null : got;
                return;
            }
            uids.reset = true;
            if (wish.equals("log")) {
                Bytes shown = new Bytes(64);
                append(ex, false, shown);
                ex.log(Severity.NOTICE, "userid cookie \"" + shown + "\" was reset");
            }
        }
        uids.set = make(ex);
    }

    private int[] make(Exchange ex) {
        UidSource source = UidSource.of(ex.worker());
        int now = (int) ex.worker().clock().wallSeconds();
        if (mode == Mode.V1) {
            return new int[]{service == null ? 0 : service, now, source.start(), source.nextV1()};
        }
        int first = service == null ? address(ex) : Integer.reverseBytes(service);
        return new int[]{first, Integer.reverseBytes(now), Integer.reverseBytes(source.start()),
                Integer.reverseBytes(source.nextV2())};
    }

    /** The last four bytes of the address that the client connected to. */
    private static int address(Exchange ex) {
        byte[] address = AddressText.parse(ex.connection().localAddress());
        if (address == null) {
            return 0;
        }
        int at = address.length - 4;
        return address[at] & 0xff | (address[at + 1] & 0xff) << 8 | (address[at + 2] & 0xff) << 16
                | (address[at + 3] & 0xff) << 24;
    }
}
