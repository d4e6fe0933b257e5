package io.frontdesk.net.loop;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/**
 * The time as one event loop sees it. It is read once in a loop's turn, by whoever asks first, and stays the same until
 * the turn ends; the texts of it that logs and heads need are rendered once a second. Owned by its loop, used on its
 * thread
 * alone. The arrays that it gives are never written again, so they may be kept and passed to other threads.
 */
public final class LoopClock {

    /** Where time comes from, so that a test can be the one who says. */
    public interface Source {
        /** Nanoseconds on a clock that only goes forward, from an origin that means nothing. */
        long monotonicNanos();

        /** Milliseconds since 1970 by the machine's calendar clock, which may be set in either direction. */
        long wallMillis();
    }

    /** The machine's clocks. */
    public static final Source SYSTEM = new Source() {
        @Override
        public long monotonicNanos() {
            return System.nanoTime();
        }

        @Override
        public long wallMillis() {
            return System.currentTimeMillis();
        }
    };

    private Source source;
    private final ZoneId zone;
    private boolean fresh;
    private long nanos;
    private long wallMillis;
    private long renderedSecond = Long.MIN_VALUE;
    private TimeTexts texts = TimeTexts.of(0, ZoneOffset.UTC);

    /** A clock on the machine's time in the machine's zone. */
    public LoopClock() {
        this(SYSTEM, ZoneId.systemDefault());
    }

    /** A clock on the given time, whose log texts are in the given zone. */
    public LoopClock(Source source, ZoneId zone) {
        this.source = source;
        this.zone = zone;
    }

    /** Takes its time from elsewhere from now on: a test sets the clock of a loop that runs. On the loop's thread. */
    public void follow(Source other) {
        source = other;
        fresh = false;
    }

    /** Forgets the time that was read: the next question reads it anew. Called by the loop as each turn begins. */
    public void turn() {
        fresh = false;
    }

    /** Monotonic nanoseconds; compare by subtraction. */
    public long nanos() {
        read();
        return nanos;
    }

    /** Monotonic milliseconds: {@link #nanos()} in a coarser unit. */
    public long millis() {
        return Math.floorDiv(nanos(), 1_000_000L);
    }

    /** Milliseconds since 1970. */
    public long wallMillis() {
        read();
        return wallMillis;
    }

    /** Seconds since 1970. */
    public long wallSeconds() {
        return Math.floorDiv(wallMillis(), 1000L);
    }

    /** {@code Tue, 24 Nov 2026 10:48:34 GMT}, the 29 bytes of RFC 9110 §5.6.7. */
    public byte[] httpDate() {
        return texts().httpDate();
    }

    /** {@code 24/Nov/2026:10:48:34 +0000}, the 26 bytes of {@code $time_local}. */
    public byte[] logTime() {
        return texts().logTime();
    }

    /** {@code 2026-11-24T10:48:34+00:00}, the 25 bytes of {@code $time_iso8601}. */
    public byte[] isoTime() {
        return texts().isoTime();
    }

    /** {@code 2026/11/24 10:48:34}, the 19 bytes that begin a line of the error log. */
    public byte[] errorTime() {
        return texts().errorTime();
    }

    /**
     * Writes {@code $msec}, such as {@code 1795517314.123}, to {@code out} from {@code at}.
     *
     * @return the index after the last byte written
     */
    public int writeMsec(byte[] out, int at) {
        byte[] seconds = texts().seconds();
        System.arraycopy(seconds, 0, out, at, seconds.length);
        int millis = (int) Math.floorMod(wallMillis, 1000L);
        int i = at + seconds.length;
        out[i] = '.';
        out[i + 1] = (byte) ('0' + millis / 100);
        out[i + 2] = (byte) ('0' + millis / 10 % 10);
        out[i + 3] = (byte) ('0' + millis % 10);
        return i + 4;
    }

    private void read() {
        if (!fresh) {
            nanos = source.monotonicNanos();
            wallMillis = source.wallMillis();
            fresh = true;
        }
    }

    private TimeTexts texts() {
        long second = wallSeconds();
        if (second != renderedSecond) {
            texts = TimeTexts.of(second, zone);
            renderedSecond = second;
        }
        return texts;
    }

    /** The texts of one second. */
    private record TimeTexts(byte[] seconds, byte[] httpDate, byte[] logTime, byte[] isoTime, byte[] errorTime) {

        private static final String[] DAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
        private static final String[] MONTHS = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct",
                "Nov", "Dec"};

        static TimeTexts of(long second, ZoneId zone) {
            Instant instant = Instant.ofEpochSecond(second);
            ZonedDateTime gmt = instant.atZone(ZoneOffset.UTC);
            ZonedDateTime local = instant.atZone(zone);
            int minutes = local.getOffset().getTotalSeconds() / 60;
            String sign = minutes < 0 ? "-" : "+";
            String hour = two(Math.abs(minutes) / 60);
            String minute = two(Math.abs(minutes) % 60);
            String gmtDate = two(gmt.getDayOfMonth()) + " " + MONTHS[gmt.getMonthValue() - 1] + " " + gmt.getYear();
            String time = time(local);
            return new TimeTexts(ascii(Long.toString(second)),
                    ascii(DAYS[gmt.getDayOfWeek().ordinal()] + ", " + gmtDate + " " + time(gmt) + " GMT"),
                    ascii(two(local.getDayOfMonth()) + "/" + MONTHS[local.getMonthValue() - 1] + "/" + local.getYear()
                            + ":" + time + " " + sign + hour + minute),
                    ascii(local.getYear() + "-" + two(local.getMonthValue()) + "-" + two(local.getDayOfMonth()) + "T"
                            + time + sign + hour + ":" + minute),
                    ascii(local.getYear() + "/" + two(local.getMonthValue()) + "/" + two(local.getDayOfMonth()) + " "
                            + time));
        }

        private static String time(ZonedDateTime t) {
            return two(t.getHour()) + ":" + two(t.getMinute()) + ":" + two(t.getSecond());
        }

        private static String two(int n) {
            return n < 10 ? "0" + n : Integer.toString(n);
        }

        private static byte[] ascii(String s) {
            return s.getBytes(StandardCharsets.US_ASCII);
        }
    }
}
