package io.frontdesk.net.tls;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import org.jspecify.annotations.Nullable;

/**
 * Who does the cryptography: BoringSSL by Netty's native part, or the JDK where that part can't be loaded. The JDK's takes three times the
 * CPU for a handshake, speaks no version before TLS 1.2, keeps the order of its own suites, and takes no ticket keys from outside.
 */
public enum TlsLibrary {
    /** BoringSSL, linked into netty-tcnative. */
    BORINGSSL(SslProvider.OPENSSL_REFCNT),
    /** The JDK's own. */
    JDK(SslProvider.JDK);

    private static final class Best {
        // Looking for the native part takes a moment, so that only who needs TLS asks.
        static final TlsLibrary FOUND = OpenSsl.isAvailable() && !Boolean.getBoolean("frontdesk.tls.jdk")
                ? BORINGSSL
                : JDK;
    }

    private final SslProvider provider;

    TlsLibrary(SslProvider provider) {
        this.provider = provider;
    }

    /** The better one of those that are here. */
    public static TlsLibrary best() {
        return Best.FOUND;
    }

    /** Why the better one is not here; null when it is. */
    public static @Nullable String fallback() {
        if (best() == BORINGSSL) {
            return null;
        }
        Throwable cause = OpenSsl.unavailabilityCause();
        return cause == null ? "it was asked for" : String.valueOf(cause.getMessage());
    }

    SslProvider provider() {
        return provider;
    }

    /** Its name and version as it says them. */
    public String version() {
        return this == BORINGSSL ? OpenSsl.versionString() : "JDK " + Runtime.version();
    }
}
