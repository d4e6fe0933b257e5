package io.frontdesk.modules.geo;

import io.frontdesk.config.Call;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Position;
import io.frontdesk.config.Statement;
import io.frontdesk.engine.address.NetworkTable;
import io.frontdesk.engine.address.RangeTable;
import io.frontdesk.engine.address.TrustedPeers;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.net.AddressText;
import io.frontdesk.net.Cidr;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the lines of one {@code geo} block. Control plane. */
final class GeoReader {
    private final Call call;
    private final NetworkTable.Builder<byte[]> networks = new NetworkTable.Builder<>();
    private final RangeTable<byte[]> ranges = new RangeTable<>();
    private final List<Cidr> proxies = new ArrayList<>();
    private final Map<String, byte[]> values = new HashMap<>();
    private byte @Nullable [] otherwise;
    private boolean hasNetworks;
    private boolean usesRanges;
    private boolean recursive;
    private boolean isVolatile;

    private GeoReader(Call call) {
        this.call = call;
    }

    static GeoBlock read(Call call) throws ConfigException {
        Position at = call.statement().at();
        String first = Link.variableName(call.text(0), at);
        boolean two = call.args().size() == 2;
        String variable = two ? call.text(1) : call.text(0);
        Link.variableName(variable, at);
        GeoReader reader = new GeoReader(call);
        for (Statement line : call.children()) {
            reader.line(line);
        }
        return reader.block(variable, two ? first : null);
    }

    private GeoBlock block(String variable, @Nullable String address) {
        byte[] value = otherwise;
        return new GeoBlock(variable, address, usesRanges ? null : networks.build(), usesRanges ? ranges.build() : null,
                value == null ? new byte[0] : value, new TrustedPeers(proxies, false), recursive, isVolatile);
    }

    private void line(Statement line) throws ConfigException {
        String key = line.name().text();
        if (line.args().isEmpty()) {
            switch (key) {
                case "ranges" -> {
                    if (hasNetworks) {
                        throw call.errorAt(line,
                                "the \"ranges\" directive must be the first directive inside \"geo\" block");
                    }
                    usesRanges = true;
                    return;
                }
                case "proxy_recursive" -> {
                    recursive = true;
                    return;
                }
                case "volatile" -> {
                    isVolatile = true;
                    return;
                }
                default -> {
                }
            }
        }
        if (line.args().size() != 1) {
            throw call.errorAt(line, "invalid number of the geo parameters");
        }
        entry(key, line.args().getFirst().text(), line);
    }

    private void entry(String key, String value, Statement line) throws ConfigException {
        if (key.equals("proxy")) {
            proxies.add(network(value, line));
        } else if (usesRanges) {
            range(key, value, line);
        } else {
            hasNetworks = true;
            network(key, value, line);
        }
    }

    private void network(String key, String value, Statement line) throws ConfigException {
        switch (key) {
            case "default" -> {
                add(new Cidr(new byte[4], 0, false), key, value, line);
                add(new Cidr(new byte[16], 0, false), key, value, line);
            }
            case "delete" -> {
                if (!networks.remove(network(value, line))) {
                    warn(line, "no network \"" + value + "\" to delete");
                }
            }
            default -> add(network(key, line), key, value, line);
        }
    }

    private void add(Cidr network, String shown, String value, Statement line) {
        byte[] before = networks.put(network, bytes(value));
        if (before != null) {
            warn(line, "duplicate network \"" + shown + "\", value: \"" + value + "\", old value: \"" + text(before)
                    + "\"");
        }
    }

    private Cidr network(String text, Statement line) throws ConfigException {
        Cidr network = Cidr.parse(text);
        if (network == null) {
            throw call.errorAt(line, "invalid network \"%s\"", text);
        }
        if (network.hadHostBits()) {
            warn(line, "low address bits of " + text + " are meaningless");
        }
        return network;
    }

    private void range(String key, String value, Statement line) throws ConfigException {
        if (key.equals("default")) {
            byte[] before = otherwise;
            if (before != null) {
                warn(line, "duplicate default geo range value: \"" + value + "\", old value: \"" + text(before) + "\"");
            }
            otherwise = bytes(value);
            return;
        }
        boolean deletes = key.equals("delete");
        String range = deletes ? value : key;
        int dash = range.indexOf('-');
        long start = dash < 0 ? -1 : four(range.substring(0, dash));
        long end = dash < 0 ? -1 : four(range.substring(dash + 1));
        if (start < 0 || end < start) {
            throw call.errorAt(line, "invalid range \"%s\"", range);
        }
        if (deletes) {
            if (!ranges.remove(start, end)) {
                warn(line, "no address range \"" + range + "\" to delete");
            }
            return;
        }
        String overlapped = ranges.add(start, end, bytes(value), before -> warn(line,
                "duplicate range \"" + range + "\", value: \"" + value + "\", old value: \"" + text(before) + "\""));
        if (overlapped != null) {
            throw call.errorAt(line, "range \"%s\" overlaps \"%s\"", range, overlapped);
        }
    }

    /** An IPv4 address as a number, or -1. */
    private static long four(String text) {
        byte[] address = AddressText.parse(text);
        // nginx: 255.255.255.255 is its mark for what is no address
        if (address == null || address.length != 4 || text.equals("255.255.255.255")) {
            return -1;
        }
        long number = 0;
        for (byte octet : address) {
            number = number << 8 | octet & 0xff;
        }
        return number;
    }

    /** Equal values are one array. */
    private byte[] bytes(String value) {
        return values.computeIfAbsent(value, v -> v.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.ISO_8859_1);
    }

    private void warn(Statement line, String message) {
        call.warnAt(line, message);
    }
}
