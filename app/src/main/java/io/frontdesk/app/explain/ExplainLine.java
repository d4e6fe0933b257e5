package io.frontdesk.app.explain;

import io.frontdesk.app.command.UsageException;
import io.frontdesk.app.command.Words;
import io.frontdesk.engine.trace.Trace;
import io.frontdesk.net.AddressText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The words behind {@code explain}. Texts are byte strings.
 *
 * @param prefix  behind {@code -p}
 * @param config  behind {@code -c}
 * @param method  the request's method
 * @param url     the request's URL
 * @param fields  header lines, as given
 * @param from    the client, or null
 * @param listen  the address that it connects to, or null
 * @param sni     the name that its handshake asks for, or null
 * @param json    whether the answer is JSON
 */
record ExplainLine(@Nullable String prefix, @Nullable String config, String method, AskedUrl url, List<String> fields,
        @Nullable String from, @Nullable String listen, @Nullable String sni, boolean json) {
    static final String HELP = """
            Usage: frontdesk explain [-p PREFIX] [-c CONF] METHOD URL [-H 'NAME: VALUE']...
                                     [--from IP[:PORT]] [--listen ADDR:PORT]
                                     [--sni NAME] [--json]

            Tells what the configuration does with a request, and which lines say so, without serving
            anything: no socket is opened and no file is written. Upstreams are taken to answer 200.

              METHOD             such as GET
              URL                http://host[:port]/path?query, or /path?query alone
              -H 'NAME: VALUE'   a field of the request; Host is the URL's unless it is given
              --from IP[:PORT]   the client (default: 127.0.0.1)
              --listen ADDR:PORT the address that it connects to, as in a listen line
                                 (default: the socket on the URL's port, or the first one)
              --sni NAME         the name that the handshake of TLS asks for (default: the URL's host;
                                 "" for none)
              --json             the answer as JSON; docs/reference/explain.md has its keys
              -p, -c             prefix and configuration file, as for the server

            Exit status: 0 explained, 1 no such address, 2 the configuration is broken,
            64 the command line makes no sense.
            """;

    /** Reads the words. */
    static ExplainLine parse(List<String> arguments) throws UsageException {
        String prefix = null;
        String config = null;
        String from = null;
        String listen = null;
        String sni = null;
        boolean json = false;
        List<String> fields = new ArrayList<>();
        List<String> plain = new ArrayList<>();
        Words words = new Words(arguments);
        while (words.hasNext()) {
            String word = words.next();
            switch (word) {
                case "-p" -> prefix = words.value(word);
                case "-c" -> config = words.value(word);
                case "-H" -> fields.add(field(words.value(word)));
                case "--from" -> from = words.value(word);
                case "--listen" -> listen = words.value(word);
                case "--sni" -> sni = words.value(word);
                case "--json" -> json = true;
                default -> {
                    if (word.startsWith("-")) {
                        throw new UsageException("unknown option \"" + word + "\"");
                    }
                    plain.add(word);
                }
            }
        }
        if (plain.size() != 2) {
            throw new UsageException(plain.size() > 2
                    ? "one method and one URL are needed; what is \"" + plain.get(2) + "\"?"
                    : plain.size() == 1 && plain.getFirst().indexOf('/') >= 0
                            ? "a method is missing in front of \"" + plain.getFirst() + "\", such as GET"
                            : plain.size() == 1
                                    ? "a URL is missing behind \"" + plain.getFirst() + "\", such as /path"
                                    : "a method and a URL are needed, such as: GET http://example.com/path");
        }
        if (plain.getFirst().isEmpty() || plain.getFirst().chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
            throw new UsageException("\"" + plain.getFirst() + "\" is no method");
        }
        return new ExplainLine(prefix, config, plain.getFirst(), AskedUrl.parse(plain.getLast()), fields, from, listen,
                sni, json);
    }

    private static String field(String line) throws UsageException {
        if (line.indexOf(':') <= 0 || line.indexOf('\r') >= 0 || line.indexOf('\n') >= 0) {
            throw new UsageException("\"" + line + "\" is no header line: NAME: VALUE");
        }
        return line;
    }

    /** How the handshake of TLS is taken to have gone: an address of TLS is spoken to in the clear only if the URL says http. */
    Trace.Handshake handshake() {
        if (sni != null) {
            return new Trace.Handshake(false, sni);
        }
        if (url.isPath()) {
            return new Trace.Handshake(false, host());
        }
        return new Trace.Handshake(!url.tls(), AddressText.literal(url.host()) == null ? url.host() : "");
    }

    /** The host of a path: what the field says. */
    private String host() {
        for (String field : fields) {
            if (field.regionMatches(true, 0, "host:", 0, 5)) {
                String value = field.substring(5).strip();
                int colon = value.lastIndexOf(':');
                return value.startsWith("[") ? "" : colon < 0 ? value : value.substring(0, colon);
            }
        }
        return "";
    }

    /** The request's head, as a client would send it. */
    String head() {
        StringBuilder head = new StringBuilder(method).append(' ').append(url.target()).append(" HTTP/1.1\r\n");
        if (fields.stream().noneMatch(field -> field.regionMatches(true, 0, "host:", 0, 5))) {
            head.append("Host: ").append(url.authority()).append("\r\n");
        }
        for (String field : fields) {
            head.append(field).append("\r\n");
        }
        return head.append("\r\n").toString();
    }
}
