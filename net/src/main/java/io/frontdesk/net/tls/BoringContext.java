package io.frontdesk.net.tls;

import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslCachingX509KeyManagerFactory;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslServerSessionContext;
import io.netty.handler.ssl.OpenSslSessionTicketKey;
import io.netty.handler.ssl.ReferenceCountedOpenSslContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.internal.tcnative.SSL;
import io.netty.internal.tcnative.SSLContext;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;

/** What is BoringSSL's own about a context and its connections. Stateless. */
final class BoringContext {
    /** nginx's default. */
    private static final String USUAL_CIPHERS = "HIGH:!aNULL:!MD5";
    /** Those of TLS 1.3 are fixed in the library, but Netty wants them named. */
    private static final List<String> TLS13_CIPHERS = List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256");
    private static final int TICKET_PART = 16;
    private static final int LONG_KEY = 80;

    private BoringContext() {}

    /** Sets suites, groups and the identity's keeper. Control plane. */
    static void prepare(SslContextBuilder builder, TlsSettings settings) throws TlsSettingsException {
        String groups = settings.groups();
        builder.ciphers(ciphers(settings.ciphers(), groups), IdentityCipherSuiteFilter.INSTANCE);
        if (groups != null) {
            builder.option(OpenSslContextOption.GROUPS, groups.split(":"));
        }
        builder.option(OpenSslContextOption.USE_TASKS, false);
    }

    /** A keeper of the identity, which makes the library's form of it once. */
    static KeyManagerFactory keys(TlsIdentity identity) {
        return new OpenSslCachingX509KeyManagerFactory(OneKey.factory(identity));
    }

    /** The suites that a list in OpenSSL's language stands for: the library itself is asked, by way of a context for the moment. */
    private static List<String> ciphers(@Nullable String configured, @Nullable String groups)
            throws TlsSettingsException {
        String list = configured == null ? USUAL_CIPHERS : configured;
        long context = 0;
        long ssl = 0;
        try {
            context = SSLContext.make(SSL.SSL_PROTOCOL_ALL, SSL.SSL_MODE_SERVER);
            boolean taken;
            try {
                taken = SSLContext.setCipherSuite(context, list, false);
            } catch (Exception e) {
                taken = false;
            }
            if (!taken) {
                throw new TlsSettingsException("SSL_CTX_set_cipher_list(\"" + list
                        + "\") failed (SSL: error:100000b1:SSL routines:OPENSSL_internal:NO_CIPHER_MATCH)");
            }
            if (groups != null && !SSLContext.setCurvesList(context, groups.split(":"))) {
                throw new TlsSettingsException("SSL_CTX_set1_curves_list(\"" + groups
                        + "\") failed (SSL: error:100000d9:SSL routines:OPENSSL_internal:UNSUPPORTED_ELLIPTIC_CURVE)");
            }
            ssl = SSL.newSSL(context, true);
            List<String> found = new ArrayList<>(TLS13_CIPHERS);
            for (String name : SSL.getCiphers(ssl)) {
                if (!found.contains(name) && OpenSsl.isCipherSuiteAvailable(name)) {
                    found.add(name);
                }
            }
            return found;
        } catch (TlsSettingsException e) {
            throw e;
        } catch (Exception e) {
            throw new TlsSettingsException("SSL_CTX_new() failed (SSL: " + e.getMessage() + ")");
        } finally {
            if (ssl != 0) {
                SSL.freeSSL(ssl);
            }
            if (context != 0) {
                SSLContext.free(context);
            }
            SSL.clearError();
        }
    }

    /** Sets how sessions are taken up again. Control plane. */
    static void sessions(SslContext made, TlsSettings settings) {
        ReferenceCountedOpenSslContext context = (ReferenceCountedOpenSslContext) made;
        TlsSettings.Sessions sessions = settings.sessions();
        context.sessionContext().setSessionCacheEnabled(sessions.cached());
        context.sessionContext().setSessionTimeout((int) Math.min(Integer.MAX_VALUE, sessions.timeoutSeconds()));
        if (sessions.cached()) {
            context.sessionContext().setSessionCacheSize(Math.max(1, sessions.cacheSize()));
        }
        if (context.sessionContext() instanceof OpenSslServerSessionContext server) {
            server.setSessionIdContext(digest(sessions.scope()));
            if (!sessions.ticketKeys().isEmpty()) {
                server.setTicketKeys(sessions.ticketKeys().stream().map(BoringContext::ticketKey)
                        .toArray(OpenSslSessionTicketKey[]::new));
            }
        }
    }

    /** Sets what Netty fixes for all connections of a context. On the connection's loop. */
    static void connection(ReferenceCountedOpenSslEngine engine, TlsSettings settings) {
        long ssl = engine.sslPointer();
        if (settings.sessions().tickets()) {
            SSL.clearOptions(ssl, SSL.SSL_OP_NO_TICKET);
        } else {
            SSL.setOptions(ssl, SSL.SSL_OP_NO_TICKET);
        }
        if (!settings.ownCipherOrder()) {
            SSL.clearOptions(ssl, SSL.SSL_OP_CIPHER_SERVER_PREFERENCE);
        }
        byte[] stapled = settings.stapled();
        if (stapled != null && !settings.client()) {
            engine.setOcspResponse(stapled);
        }
    }

    /** nginx: 48 bytes are name, AES and HMAC key; 80 are name, HMAC and AES key, of which as much is used as the library takes. */
    private static OpenSslSessionTicketKey ticketKey(byte[] key) {
        int aes = key.length == LONG_KEY ? 48 : 16;
        int hmac = key.length == LONG_KEY ? 16 : 32;
        return new OpenSslSessionTicketKey(Arrays.copyOf(key, TICKET_PART),
                Arrays.copyOfRange(key, hmac, hmac + TICKET_PART), Arrays.copyOfRange(key, aes, aes + TICKET_PART));
    }

    private static byte[] digest(String scope) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(scope.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 belongs to every JDK", e);
        }
    }
}
