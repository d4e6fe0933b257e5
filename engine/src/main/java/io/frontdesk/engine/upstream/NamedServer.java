package io.frontdesk.engine.upstream;

/**
 * A {@code server} line with {@code resolve}: a name whose addresses are looked up while requests run. Its identity is that of its line.
 */
public final class NamedServer {
    private final String host;
    private final String service;
    private final int port;
    private final String text;
    private final ServerParameters parameters;

    /**
     * A name.
     *
     * @param service what stands behind {@code service=}, empty for none
     * @param port    of all addresses, unless there is a service
     * @param text    the server as written
     */
    public NamedServer(String host, String service, int port, String text, ServerParameters parameters) {
        this.host = host;
        this.service = service;
        this.port = port;
        this.text = text;
        this.parameters = parameters;
    }

    /** The name to look up. */
    String host() {
        return host;
    }

    /** The service whose records are looked up, or empty. */
    String service() {
        return service;
    }

    boolean isService() {
        return !service.isEmpty();
    }

    /** The port of all addresses. */
    int port() {
        return port;
    }

    /** The server as written. */
    String text() {
        return text;
    }

    ServerParameters parameters() {
        return parameters;
    }

    /** Whether another configuration's line asks for the same. */
    boolean isLike(NamedServer other) {
        return host.equals(other.host) && service.equals(other.service);
    }
}
