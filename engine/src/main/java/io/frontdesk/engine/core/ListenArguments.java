package io.frontdesk.engine.core;

import io.frontdesk.config.Call;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Word;
import io.frontdesk.net.listen.ListenAddress;
import io.frontdesk.net.listen.ListenOptions;
import io.frontdesk.net.resolve.HostLookup;
import java.net.InetAddress;
import java.util.List;

/** Reads a {@code listen} line. */
public final class ListenArguments {
    private ListenArguments() {}

    /** What a server without {@code listen} takes: port 80, or 8000 where that needs rights that we lack. */
    public static ListenAddress usual() {
        int port = "root".equals(System.getProperty("user.name")) ? 80 : 8000;
        try {
            return new ListenAddress.Inet(InetAddress.getByAddress(new byte[4]), port);
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    static ListenLine parse(Call call) throws ConfigException {
        Word first = call.args().getFirst();
        // No switch over types here and below: the JVM makes its code at run time, and each start would wait (docs/adr/0014).
        ListenAddress.Parsed parsed = ListenAddress.parse(first.text(), HostLookup.system());
        if (parsed instanceof ListenAddress.Parsed.Refused refused) {
            throw call.error("%s in \"%s\" of the \"listen\" directive", refused.reason(), first.text());
        }
        List<ListenAddress> addresses = ((ListenAddress.Parsed.Found) parsed).addresses();
        ListenOptions options = ListenOptions.DEFAULT;
        boolean setsOptions = false;
        boolean isDefault = false;
        boolean http2 = false;
        boolean tls = false;
        boolean proxyProtocol = false;
        for (Word word : call.args().subList(1, call.args().size())) {
            switch (word.text()) {
                case "default_server", "default" -> isDefault = true;
                case "ssl" -> tls = true;
                case "quic" ->
                    throw call.error("the \"%s\" parameter is not there yet in this version of frontdesk", word.text());
                case "http2" -> {
                    call.warn(
                            "the \"listen ... http2\" directive is deprecated, use the \"http2\" directive instead");
                    http2 = true;
                }
                case "proxy_protocol" -> proxyProtocol = true;
                case "bind" -> setsOptions = true;
                default -> {
                    options = option(call, word, options);
                    setsOptions = true;
                }
            }
        }
        return new ListenLine(addresses, options, setsOptions, isDefault, tls, http2, false, proxyProtocol);
    }

    private static ListenOptions option(Call call, Word word, ListenOptions options) throws ConfigException {
        ListenOptions.Word read = options.with(word.text());
        if (read instanceof ListenOptions.Word.Taken taken) {
            return taken.options();
        }
        if (read instanceof ListenOptions.Word.Refused refused) {
            throw call.error("%s", refused.reason());
        }
        throw call.error("invalid parameter \"%s\"", word.text());
    }
}
