package io.frontdesk.engine.log;

import java.io.IOException;

/** A datagram socket in the file system, which the JDK lacks: by the transport's native library. */
final class SyslogUnixSocket {
    private final String path;
    private io.netty.channel.unix.@org.jspecify.annotations.Nullable Socket socket;

    SyslogUnixSocket(String path) {
        this.path = path;
    }

    void send(byte[] message) throws IOException {
        io.netty.channel.unix.Socket to = socket;
        if (to == null) {
            to = io.netty.channel.unix.Socket.newSocketDomainDgram();
            socket = to;
        }
        java.nio.ByteBuffer buffer = java.nio.ByteBuffer.allocateDirect(message.length).put(message).flip();
        to.sendToDomainSocket(buffer, 0, message.length, path.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    }
}
