package io.frontdesk.engine.upstream;

/**
 * A name and a port that a request goes to, whose addresses are found when it goes. A value.
 *
 * @param host a byte string, not an address
 */
public record HostPort(String host, int port) {
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
