package io.frontdesk.engine.log;

import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Setting;
import io.frontdesk.net.ControlPlane;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A syslog server by UDP: one datagram a line, in the form of RFC 3164 as nginx writes it. */
@ControlPlane("the log thread; a datagram does not wait")
final class SyslogTarget implements LogTarget {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MMM dd HH:mm:ss", Locale.ENGLISH);
    private static final int PORT = 514;

    private final SyslogSettings settings;
    private final InetSocketAddress server;
    private final String host;
    private final @Nullable SyslogUnixSocket unix;
    private @Nullable DatagramSocket socket;

    private SyslogTarget(SyslogSettings settings, InetSocketAddress server, String host,
            @Nullable SyslogUnixSocket unix) {
        this.settings = settings;
        this.server = server;
        this.host = host;
        this.unix = unix;
    }

    static SyslogTarget of(SyslogSettings settings, Setting<?> line) throws ConfigException {
        String name;
        try {
            name = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            name = "localhost";
        }
        String text = settings.server();
        if (text.startsWith("unix:")) {
            return new SyslogTarget(settings, new InetSocketAddress(0), name, new SyslogUnixSocket(text.substring(5)));
        }
        int colon = text.startsWith("[") ? text.indexOf("]:") + 1 : text.lastIndexOf(':');
        String address = colon > 0 ? text.substring(0, colon) : text;
        int port = PORT;
        try {
            port = colon > 0 ? Integer.parseInt(text.substring(colon + 1)) : PORT;
            return new SyslogTarget(settings, new InetSocketAddress(InetAddress.getByName(address), port), name, null);
        } catch (NumberFormatException e) {
            throw line.error("invalid port in syslog server \"%s\"", text);
        } catch (UnknownHostException e) {
            throw line.error("host not found in syslog server \"%s\"", text);
        }
    }

    @Override
    public void write(byte[] lines, int offset, int length) throws IOException {
        int start = offset;
        for (int i = offset; i < offset + length; i++) {
            if (lines[i] == '\n') {
                send(settings.severity(), lines, start, i - start);
                start = i + 1;
            }
        }
    }

    /** Sends one message with a severity of its own. */
    void send(int severity, byte[] text, int offset, int length) throws IOException {
        StringBuilder head = new StringBuilder(64).append('<').append(settings.facility() * 8 + severity).append('>')
                .append(TIME.format(LocalDateTime.now(ZoneId.systemDefault()))).append(' ');
        if (!settings.noHostname()) {
            head.append(host).append(' ');
        }
        head.append(settings.tag()).append(": ");
        byte[] front = head.toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] message = java.util.Arrays.copyOf(front, front.length + length);
        System.arraycopy(text, offset, message, front.length, length);
        if (unix != null) {
            unix.send(message);
            return;
        }
        DatagramSocket to = socket;
        if (to == null) {
            to = new DatagramSocket();
            socket = to;
        }
        to.send(new DatagramPacket(message, message.length, server));
    }
}
