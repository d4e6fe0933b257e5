package io.frontdesk.net.resolve;

import io.frontdesk.net.AddressText;
import io.frontdesk.net.ControlPlane;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Knows the names of the hosts file, and asks nobody for others: those get the address {@code 0.0.0.0}, so that a
 * configuration can be looked at where its names mean nothing. One thread.
 */
@ControlPlane("a command that looks into a configuration; reads a file")
public final class HostsFile implements HostLookup {

    private static final Path FILE = Path.of("/etc/hosts");

    private final Map<String, List<InetAddress>> known = new HashMap<>();
    private boolean read;

    /** Reads the file when it is first asked. */
    public HostsFile() {}

    @Override
    public List<InetAddress> addresses(String host) {
        if (host.isEmpty()) {
            return List.of();
        }
        if (!read) {
            read = true;
            read();
        }
        List<InetAddress> found = known.get(host.toLowerCase(Locale.ROOT));
        return found == null ? List.of(unknown(host)) : found;
    }

    private static InetAddress unknown(String host) {
        try {
            return InetAddress.getByAddress(host, new byte[4]);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private void read() {
        try {
            for (String line : Files.readAllLines(FILE, StandardCharsets.ISO_8859_1)) {
                int remark = line.indexOf('#');
                String[] words = (remark < 0 ? line : line.substring(0, remark)).strip().split("\\s+");
                InetAddress address = AddressText.literal(words[0]);
                for (int i = 1; address != null && i < words.length; i++) {
                    known.computeIfAbsent(words[i].toLowerCase(Locale.ROOT), name -> new ArrayList<>()).add(address);
                }
            }
        } catch (IOException e) {
            // no file, no names
        }
    }
}
