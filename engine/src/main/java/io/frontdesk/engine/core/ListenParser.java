package io.frontdesk.engine.core;

import io.frontdesk.config.Call;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Sizes;
import io.frontdesk.config.Word;
import io.frontdesk.net.listen.ListenAddress;
import io.frontdesk.net.listen.ListenOptions;
import java.util.List;

/** Reads a {@code listen} line. */
public final class ListenParser {
    private ListenParser() {
    }

    /** What a server without {@code listen} takes: port 80, or 8000 where that needs rights that we lack. */
    public static ListenAddress usual() {
        boolean root = "root".equals(System.getProperty("user.name"));
        return ListenAddress.wildcard(root ? 80 : 8000);
    }

    static ListenLine parse(Call call) throws ConfigException {
        Word first = call.args().getFirst();
        List<ListenAddress> addresses;
        try {
            addresses = ListenAddress.parse(first.text());
        } catch (IllegalArgumentException e) {
            throw call.error("%s in \"%s\" of the \"listen\" directive", e.getMessage(), first.text());
        }
        ListenOptions.Builder options = ListenOptions.builder();
        boolean isDefault = false;
        boolean tls = false;
        boolean http2 = false;
        boolean quic = false;
        boolean proxyProtocol = false;
        for (Word word : call.args().subList(1, call.args().size())) {
            switch (word.text()) {
                case "default_server", "default" -> isDefault = true;
                case "ssl" -> tls = true;
                case "http2" -> http2 = true;
                case "quic" -> quic = true;
                case "proxy_protocol" -> proxyProtocol = true;
                case "bind" -> options.bind();
                case "deferred" -> options.deferred(true);
                case "reuseport" -> options.reusePort(true);
                default -> option(call, word, options);
            }
        }
        if (tls || quic) {
            throw call.error("the \"%s\" parameter requires a module that is not there yet", tls ? "ssl" : "quic");
        }
        return new ListenLine(addresses, options.build(), options.isSet(), isDefault, tls, http2, quic, proxyProtocol);
    }

    private static void option(Call call, Word word, ListenOptions.Builder options) throws ConfigException {
        String text = word.text();
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals);
        String value = equals < 0 ? "" : text.substring(equals + 1);
        switch (name) {
            case "backlog" -> options.backlog(positive(call, value, "backlog"));
            case "rcvbuf" -> options.receiveBuffer(size(call, value, "rcvbuf"));
            case "sndbuf" -> options.sendBuffer(size(call, value, "sndbuf"));
            case "fastopen" -> options.fastOpen(positive(call, value, "fastopen"));
            case "setfib", "accept_filter" -> {
            }
            case "ipv6only" -> {
                if (!value.equals("on") && !value.equals("off")) {
                    throw call.error("invalid ipv6only flags \"%s\"", value);
                }
                options.ipv6Only(value.equals("on"));
            }
            case "so_keepalive" -> {
                if (!options.keepAlive(value)) {
                    throw call.error("invalid so_keepalive value: \"%s\"", value);
                }
            }
            default -> throw call.error("invalid parameter \"%s\"", text);
        }
    }

    private static int positive(Call call, String value, String name) throws ConfigException {
        try {
            int n = Integer.parseInt(value);
            if (n > 0) {
                return n;
            }
        } catch (NumberFormatException e) {
            // falls through to the error
        }
        throw call.error("invalid %s \"%s\"", name, value);
    }

    private static int size(Call call, String value, String name) throws ConfigException {
        long size = Sizes.size(value).orElse(-1);
        if (size < 0 || size > Integer.MAX_VALUE) {
            throw call.error("invalid %s \"%s\"", name, value);
        }
        return (int) size;
    }
}
