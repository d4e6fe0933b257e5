package io.frontdesk.engine.tls;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A version that {@code ssl_protocols} and its kin name. The first two are in no library any more. */
public enum TlsProtocol {
    /** SSL 2. */
    SSL2("SSLv2"),
    /** SSL 3. */
    SSL3("SSLv3"),
    /** TLS 1.0. */
    TLS1("TLSv1"),
    /** TLS 1.1. */
    TLS1_1("TLSv1.1"),
    /** TLS 1.2. */
    TLS1_2("TLSv1.2"),
    /** TLS 1.3. */
    TLS1_3("TLSv1.3");

    private final String text;

    TlsProtocol(String text) {
        this.text = text;
    }

    /** All by nginx's names. */
    public static Map<String, TlsProtocol> names() {
        Map<String, TlsProtocol> names = new LinkedHashMap<>();
        for (TlsProtocol protocol : values()) {
            names.put(protocol.text, protocol);
        }
        return names;
    }

    /** nginx's names of these. */
    public static Set<String> text(Set<TlsProtocol> protocols) {
        Set<String> names = new TreeSet<>();
        for (TlsProtocol protocol : protocols) {
            names.add(protocol.text);
        }
        return names;
    }
}
