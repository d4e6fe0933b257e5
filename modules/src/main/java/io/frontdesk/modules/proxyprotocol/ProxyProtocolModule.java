package io.frontdesk.modules.proxyprotocol;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.proxyprotocol.ProxyHeader;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.variable.Variable;
import io.frontdesk.engine.variable.Variables;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code $proxy_protocol_…}; the header itself is read by the connections of a socket with {@code proxy_protocol}. */
public final class ProxyProtocolModule extends HttpModule {
    private static final String TLV = "proxy_protocol_tlv_";
    private static final Map<String, Integer> TYPES = Map.of("alpn", 0x01, "authority", 0x02, "unique_id", 0x05,
            "ssl", 0x20, "netns", 0x30);
    private static final int SSL = 0x20;
    /** Of the ssl entry: flags, and the verdict on the client's certificate; other entries follow. */
    private static final int SSL_HEAD = 5;
    private static final String OF_SSL = "ssl_";
    private static final Map<String, Integer> SSL_TYPES = Map.of("version", 0x21, "cn", 0x22, "cipher", 0x23, "sig_alg",
            0x24, "key_alg", 0x25);

    /** The module; one object per process. */
    public ProxyProtocolModule() {
        super("proxy_protocol");
    }

    @Override
    public void variables(Variables v) {
        v.declare("proxy_protocol_addr", "The client's address as a PROXY header tells it.",
                (ex, out) -> text(header(ex), true, out));
        v.declare("proxy_protocol_port", "The client's port as a PROXY header tells it.",
                (ex, out) -> port(header(ex), true, out));
        v.declare("proxy_protocol_server_addr", "The address that the client connected to, as a PROXY header tells it.",
                (ex, out) -> text(header(ex), false, out));
        v.declare("proxy_protocol_server_port", "The port that the client connected to, as a PROXY header tells it.",
                (ex, out) -> port(header(ex), false, out));
        v.declarePrefix(TLV, "An entry of a PROXY header of version 2, by name or number: `alpn`, `authority`, "
                + "`unique_id`, `netns`, `ssl_version`, `ssl_cn`, `ssl_cipher`, `ssl_sig_alg`, `ssl_key_alg`, "
                + "`ssl_verify`, `0x20`.", ProxyProtocolModule::entry);
    }

    private static @Nullable ProxyHeader header(Exchange ex) {
        return ex.connection().proxyHeader();
    }

    private static boolean text(@Nullable ProxyHeader header, boolean source, Bytes out) {
        if (header == null) {
            return false;
        }
        out.write(source ? header.source() : header.destination());
        return true;
    }

    private static boolean port(@Nullable ProxyHeader header, boolean source, Bytes out) {
        if (header == null) {
            return false;
        }
        out.writeDecimal(source ? header.sourcePort() : header.destinationPort());
        return true;
    }

    private static Variable entry(String variable) {
        String name = variable.substring(TLV.length());
        boolean ofSsl = name.startsWith(OF_SSL);
        String last = ofSsl ? name.substring(OF_SSL.length()) : name;
        Integer known = (ofSsl ? SSL_TYPES : TYPES).get(last);
        int number = known != null ? known : number(last);
        return (ex, out) -> {
            ProxyHeader header = header(ex);
            if (header == null) {
                return false;
            }
            if (name.equals("ssl_verify")) {
                return verdict(header.extra(SSL), out);
            }
            byte[] among = ofSsl ? header.extra(SSL) : header.extras();
            byte[] value = among == null || number < 0
                    ? null
                    : ProxyHeader.entry(among, ofSsl ? SSL_HEAD : 0, number);
            if (value == null) {
                return false;
            }
            out.write(value);
            return true;
        };
    }

    private static boolean verdict(byte @Nullable [] ssl, Bytes out) {
        if (ssl == null || ssl.length < SSL_HEAD) {
            return false;
        }
        out.writeDecimal((ssl[1] & 255L) << 24 | (ssl[2] & 255L) << 16 | (ssl[3] & 255L) << 8 | ssl[4] & 255L);
        return true;
    }

    /** nginx: {@code 0x} and one or two hex digits. */
    private static int number(String name) {
        if (!name.startsWith("0x") || name.length() < 3 || name.length() > 4) {
            return -1;
        }
        try {
            return Integer.parseInt(name.substring(2), 16);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
