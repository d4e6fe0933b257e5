package io.frontdesk.net.listen;

import io.frontdesk.net.listen.ListenOptions.KeepAlive;
import io.frontdesk.net.listen.ListenOptions.Word;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of {@code listen} that concern the socket. Stateless; used on the control plane. */
final class ListenWords {

    private ListenWords() {}

    static Word read(ListenOptions options, String word) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals + 1);
        String value = equals < 0 ? "" : word.substring(equals + 1);
        return switch (name) {
            case "deferred" -> taken(options.withDeferred(true));
            case "reuseport" -> taken(options.withReuseport(true));
            case "multipath" -> ignored(options, "multipath is");
            case "setfib=" -> ignored(options, "setfib is");
            case "accept_filter=" -> ignored(options, "accept filters \"" + word + "\" are");
            case "backlog=" -> {
                // nginx takes a negative number nowhere: what is no number is an error, and so is 0 here.
                long n = number(value, 1);
                yield n < 1 ? refused("invalid backlog", word) : taken(options.withBacklog((int) n));
            }
            case "fastopen=" -> {
                long n = number(value, 1);
                yield n < 0 ? refused("invalid fastopen", word) : taken(options.withFastOpen((int) n));
            }
            case "rcvbuf=" -> {
                long n = size(value);
                yield n < 0 ? refused("invalid rcvbuf", word) : taken(options.withReceiveBufferBytes((int) n));
            }
            case "sndbuf=" -> {
                long n = size(value);
                yield n < 0 ? refused("invalid sndbuf", word) : taken(options.withSendBufferBytes((int) n));
            }
            case "ipv6only=" -> switch (value) {
                case "on" -> taken(options.withIpv6only(true));
                case "off" -> taken(options.withIpv6only(false));
                default -> value.startsWith("o") ? refused("invalid ipv6only flags", value) : new Word.Unknown();
            };
            case "so_keepalive=" -> {
                KeepAlive keepAlive = keepAlive(value);
                yield keepAlive == null
                        ? refused("invalid so_keepalive value:", value)
                        : taken(options.withKeepAlive(keepAlive));
            }
            default -> new Word.Unknown();
        };
    }

    /** {@code on}, {@code off}, or {@code idle:interval:count} of which one at least must be there and not 0. */
    private static @Nullable KeepAlive keepAlive(String value) {
        if (value.equals("on")) {
            return KeepAlive.ON;
        }
        if (value.equals("off")) {
            return KeepAlive.OFF;
        }
        String[] parts = value.split(":", -1);
        if (parts.length > 3) {
            return null;
        }
        long[] numbers = new long[3];
        boolean any = false;
        for (int i = 0; i < parts.length; i++) {
            if (!parts[i].isEmpty()) {
                numbers[i] = i < 2 ? seconds(parts[i]) : number(parts[i], 1);
                if (numbers[i] < 0) {
                    return null;
                }
                any |= numbers[i] > 0;
            }
        }
        return any ? new KeepAlive(true, (int) numbers[0], (int) numbers[1], (int) numbers[2]) : null;
    }

    private static Word taken(ListenOptions options) {
        return new Word.Taken(options, null);
    }

    private static Word ignored(ListenOptions options, String what) {
        return new Word.Taken(options, what + " not supported on this platform, ignored");
    }

    private static Word refused(String what, String value) {
        return new Word.Refused(what + " \"" + value + "\"");
    }

    /** Decimal digits times {@code unit}, or -1 when it is anything else or more than an int. */
    private static long number(String text, long unit) {
        if (text.isEmpty() || text.length() > 10) {
            return -1;
        }
        long n = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            n = n * 10 + (c - '0');
        }
        return n * unit > Integer.MAX_VALUE ? -1 : n * unit;
    }

    private static long size(String text) {
        if (text.isEmpty()) {
            return -1;
        }
        String digits = text.substring(0, text.length() - 1);
        return switch (text.charAt(text.length() - 1)) {
            case 'k', 'K' -> number(digits, 1024);
            case 'm', 'M' -> number(digits, 1024 * 1024);
            default -> number(text, 1);
        };
    }

    /** nginx's time in seconds: {@code 90}, {@code 90s}, {@code 1h30m}; larger units come first, each once. */
    private static long seconds(String text) {
        long total = 0;
        long above = Long.MAX_VALUE;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            long unit = switch (text.charAt(i)) {
                case 's' -> 1;
                case 'm' -> 60;
                case 'h' -> 3600;
                case 'd' -> 86_400;
                case 'w' -> 604_800;
                case 'M' -> 2_592_000;
                case 'y' -> 31_536_000;
                default -> 0;
            };
            if (unit != 0) {
                long n = number(text.substring(start, i), unit);
                if (n < 0 || unit >= above) {
                    return -1;
                }
                total += n;
                above = unit;
                start = i + 1;
            }
        }
        if (start < text.length()) {
            long n = number(text.substring(start), 1);
            if (n < 0 || above == 1) {
                return -1;
            }
            total += n;
        }
        return total > Integer.MAX_VALUE ? -1 : total;
    }
}
