package io.frontdesk.engine.core;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.uri.UriEscape;
import io.frontdesk.engine.request.Exchange;

/**
 * Sets the Location of a redirect that we make ourselves: absolute unless {@code absolute_redirect off}, with the name and port that
 * {@code server_name_in_redirect} and {@code port_in_redirect} ask for. Stateless.
 */
public final class Redirects {
    private Redirects() {}

    /** Sets Location to a target that is a path with arguments, or a whole URL. */
    public static void location(Exchange ex, Bytes target) {
        Bytes out = ex.worker().takeScratch();
        try {
            boolean isPath = target.length() > 0 && target.array()[0] == '/';
            if (isPath && ex.location().core().redirectsAbsolute()) {
                origin(ex, out);
            }
            out.write(target.array(), 0, target.length());
            ex.response().fields().removeAll(FieldName.LOCATION);
            if (!ex.response().fields().add(FieldName.LOCATION, out.array(), 0, out.length())) {
                // A value with CR, LF or NUL never reaches a header as it is.
                Bytes safe = ex.worker().takeScratch();
                try {
                    UriEscape.URI.escape(out.array(), 0, out.length(), safe);
                    ex.response().fields().add(FieldName.LOCATION, safe.array(), 0, safe.length());
                } finally {
                    ex.worker().giveBackScratch(safe);
                }
            }
        } finally {
            ex.worker().giveBackScratch(out);
        }
    }

    /** Makes a URL of a target that is a path, as {@code absolute_redirect} and its kin say; anything else stays. */
    public static void complete(Exchange ex, Bytes target) {
        if (target.length() == 0 || target.get(0) != '/' || !ex.location().core().redirectsAbsolute()) {
            return;
        }
        Bytes path = ex.worker().takeScratch();
        try {
            path.write(target);
            target.clear();
            origin(ex, target);
            target.write(path);
        } finally {
            ex.worker().giveBackScratch(path);
        }
    }

    private static void origin(Exchange ex, Bytes out) {
        out.write(ex.connection().tls() != null ? "https://" : "http://");
        String name = ex.server().name();
        if (ex.location().core().usesServerNameInRedirect() && !name.isEmpty()) {
            out.write(name);
        } else if (!ex.request().host().isEmpty()) {
            out.write(ex.request().host());
        } else {
            String address = ex.connection().localAddress();
            boolean six = address.indexOf(':') >= 0 && !address.startsWith("unix:");
            out.write(six ? "[" + address + "]" : address);
        }
        int port = ex.connection().localPort();
        int usual = ex.connection().tls() != null ? 443 : 80;
        if (ex.location().core().usesPortInRedirect() && port != usual && port != 0) {
            out.write((byte) ':');
            out.writeDecimal(port);
        }
    }
}
