package io.frontdesk.net.tls;

import java.net.Socket;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.KeyManagerFactorySpi;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/** The one identity of a context, whatever kind of key is asked for: which one a connection gets was decided before. Immutable. */
final class OneKey extends X509ExtendedKeyManager {
    private static final String NAME = "own";

    private final TlsIdentity identity;

    private OneKey(TlsIdentity identity) {
        this.identity = identity;
    }

    /** A factory of it, as libraries want one. */
    static KeyManagerFactory factory(TlsIdentity identity) {
        return new Factory(new OneKey(identity));
    }

    private static final class Factory extends KeyManagerFactory {
        Factory(OneKey key) {
            super(new Spi(key), new NoProvider(), "frontdesk");
        }
    }

    private static final class NoProvider extends Provider {
        private static final long serialVersionUID = 1;

        NoProvider() {
            super("frontdesk", "1", "");
        }
    }

    private static final class Spi extends KeyManagerFactorySpi {
        private final OneKey key;

        Spi(OneKey key) {
            this.key = key;
        }

        @Override
        protected void engineInit(KeyStore store, char[] password) {}

        @Override
        protected void engineInit(ManagerFactoryParameters parameters) {}

        @Override
        protected KeyManager[] engineGetKeyManagers() {
            return new KeyManager[]{key};
        }
    }

    @Override
    public String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
        return NAME;
    }

    @Override
    public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
        return NAME;
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
        return new String[]{NAME};
    }

    @Override
    public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
        return NAME;
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
        return new String[]{NAME};
    }

    @Override
    public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
        return NAME;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return identity.chain().toArray(new X509Certificate[0]);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return identity.key();
    }
}
