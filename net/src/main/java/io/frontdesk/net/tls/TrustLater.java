package io.frontdesk.net.tls;

import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Lets every certificate through the handshake. As nginx does, the connection is judged after it, by {@link ChainVerifier}: of a client, the
 * answer to its request says what is wrong; of an upstream, nothing is sent before it was judged. Immutable.
 */
final class TrustLater extends X509ExtendedTrustManager {
    private final X509Certificate[] named;

    /** One that names these authorities to clients. */
    TrustLater(List<X509Certificate> named) {
        this.named = named.toArray(new X509Certificate[0]);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return named.clone();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}
}
