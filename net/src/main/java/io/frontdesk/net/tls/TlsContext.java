package io.frontdesk.net.tls;

import io.frontdesk.net.ControlPlane;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.CipherSuiteConverter;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSslServerSessionContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * What makes the connections of one side with one certificate: settings in the library's own form. Shared by all loops. Connections that are
 * under way keep what they need of it when it is closed.
 */
public final class TlsContext implements AutoCloseable {
    private final TlsSettings settings;
    private final SslContext context;
    private final @Nullable TicketKeys ticketKeys;

    private TlsContext(TlsSettings settings, SslContext context) {
        this.settings = settings;
        this.context = context;
        TlsSettings.Sessions sessions = settings.sessions();
        boolean renews = sessions.tickets() && sessions.ticketKeys().isEmpty();
        this.ticketKeys = renews && context.sessionContext() instanceof OpenSslServerSessionContext server
                ? new TicketKeys(server, sessions.timeoutSeconds())
                : null;
    }

    /** Makes one; what the library does not take of the settings is said as nginx says it. */
    @ControlPlane("whoever loads a configuration, or a virtual thread for names with variables")
    public static TlsContext of(TlsSettings settings) throws TlsSettingsException {
        TlsLibrary library = TlsLibrary.best();
        SslContext made;
        try {
            made = builder(settings, library).build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new TlsSettingsException("SSL_CTX_new() failed (SSL: " + e.getMessage() + ")");
        }
        try {
            if (library == TlsLibrary.BORINGSSL) {
                BoringContext.sessions(made, settings);
            } else {
                made.sessionContext().setSessionTimeout((int) settings.sessions().timeoutSeconds());
            }
            return new TlsContext(settings, made);
        } catch (RuntimeException e) {
            ReferenceCountUtil.release(made);
            throw e;
        }
    }

    private static SslContextBuilder builder(TlsSettings settings, TlsLibrary library) throws TlsSettingsException {
        TlsIdentity identity = settings.identity();
        KeyManagerFactory keys = identity == null
                ? null
                : library == TlsLibrary.BORINGSSL ? BoringContext.keys(identity) : OneKey.factory(identity);
        SslContextBuilder builder;
        if (settings.client()) {
            builder = SslContextBuilder.forClient().keyManager(keys);
        } else if (keys == null) {
            throw new IllegalArgumentException("a server without a certificate");
        } else {
            builder = SslContextBuilder.forServer(keys)
                    .clientAuth(settings.asksClient() ? ClientAuth.OPTIONAL : ClientAuth.NONE);
        }
        builder.sslProvider(library.provider()).trustManager(new TrustLater(settings.namedAuthorities()))
                .endpointIdentificationAlgorithm("").protocols(protocols(settings))
                .enableOcsp(library == TlsLibrary.BORINGSSL && settings.stapled() != null);
        if (!settings.applications().isEmpty()) {
            builder.applicationProtocolConfig(new ApplicationProtocolConfig(ApplicationProtocolConfig.Protocol.ALPN,
                    ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                    ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT, settings.applications()));
        }
        if (library == TlsLibrary.BORINGSSL) {
            BoringContext.prepare(builder, settings);
            return builder;
        }
        List<String> ciphers = javaCiphers(settings.ciphers());
        return ciphers.isEmpty() ? builder : builder.ciphers(ciphers);
    }

    /** SSLv2 and SSLv3 are in no library any more. */
    private static List<String> protocols(TlsSettings settings) throws TlsSettingsException {
        List<String> known = new ArrayList<>();
        for (String protocol : List.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3")) {
            if (settings.protocols().contains(protocol)) {
                known.add(protocol);
            }
        }
        if (known.isEmpty()) {
            throw new TlsSettingsException(
                    "SSL_CTX_new() failed (SSL: error:0A0000B3:SSL routines::no protocols available)");
        }
        return known;
    }

    /** The suites of a list that names nothing but suites; for one with keywords the JDK's own choice holds. */
    private static List<String> javaCiphers(@Nullable String list) {
        List<String> found = new ArrayList<>();
        for (String name : list == null ? new String[0] : list.split("[: ,]")) {
            String known = name.isEmpty() ? null : CipherSuiteConverter.toJava(name, "TLS");
            if (known != null) {
                found.add(known);
            }
        }
        if (!found.isEmpty()) {
            found.addAll(List.of("TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256"));
        }
        return found;
    }

    /** What it was made of. */
    public TlsSettings settings() {
        return settings;
    }

    /** The handler of a connection that a client made. */
    SslHandler newServer(ByteBufAllocator allocator) {
        TicketKeys keys = ticketKeys;
        if (keys != null) {
            keys.look();
        }
        return prepared(context.newHandler(allocator));
    }

    /**
     * The handler of a connection that we make.
     *
     * @param peer       what sessions are kept by
     * @param serverName the name that is asked for, null for none
     */
    SslHandler newClient(ByteBufAllocator allocator, String peer, int port, @Nullable String serverName) {
        SslHandler handler = prepared(context.newHandler(allocator, peer, port));
        if (serverName != null) {
            if (handler.engine() instanceof ReferenceCountedOpenSslEngine engine) {
                io.netty.internal.tcnative.SSL.setTlsExtHostName(engine.sslPointer(), serverName);
            } else {
                SSLParameters parameters = handler.engine().getSSLParameters();
                parameters.setServerNames(List.of(new javax.net.ssl.SNIHostName(
                        serverName.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1))));
                handler.engine().setSSLParameters(parameters);
            }
        }
        return handler;
    }

    private SslHandler prepared(SslHandler handler) {
        // The connection has deadlines of its own.
        handler.setHandshakeTimeoutMillis(0);
        handler.setWrapDataSize(settings.recordBytes());
        if (handler.engine() instanceof ReferenceCountedOpenSslEngine engine) {
            BoringContext.connection(engine, settings);
        }
        return handler;
    }

    /** Lets go of it. */
    @Override
    public void close() {
        ReferenceCountUtil.release(context);
    }

    @Override
    public String toString() {
        TlsIdentity identity = settings.identity();
        X509Certificate own = identity == null ? null : identity.chain().getFirst();
        return "TlsContext[" + (own == null ? "" : own.getSubjectX500Principal().getName()) + " "
                + Arrays.asList(settings.protocols()) + "]";
    }
}
