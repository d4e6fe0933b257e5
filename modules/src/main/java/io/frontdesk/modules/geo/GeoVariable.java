package io.frontdesk.modules.geo;

import io.frontdesk.codec.http.FieldName;
import io.frontdesk.config.Position;
import io.frontdesk.engine.address.AddressRanges;
import io.frontdesk.engine.address.ForwardedFor;
import io.frontdesk.engine.address.MappedAddress;
import io.frontdesk.engine.address.NetworkTable;
import io.frontdesk.engine.address.Remote;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.trace.Trace;
import io.frontdesk.engine.variable.CachedVariable;
import io.frontdesk.engine.variable.Template;
import io.frontdesk.net.AddressText;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The variable of one {@code geo}. Immutable, shared by all loops. */
final class GeoVariable extends CachedVariable {
    /** nginx: clients of a Unix socket, and texts that are no address, are looked up as this one. */
    private static final byte[] NO_ADDRESS = {-1, -1, -1, -1};

    private final @Nullable Template source;
    private final GeoBlock block;
    private final Position at;

    GeoVariable(int slot, @Nullable Template source, GeoBlock block, Position at) {
        super(slot);
        this.source = source;
        this.block = block;
        this.at = at;
    }

    @Override
    protected byte[] find(Exchange exchange) {
        byte[] address = address(exchange);
        NetworkTable<byte[]> networks = block.networks();
        byte[] value = networks != null ? networks.find(address) : inRanges(address);
        byte[] found = value == null ? block.otherwise() : value;
        Trace trace = exchange.trace();
        if (trace != null) {
            trace.step("geo", at, block.variable() + " is \"" + new String(found, StandardCharsets.ISO_8859_1) + "\""
                    + (value == null ? ", as the address is in no network of it" : ""));
        }
        return found;
    }

    /** nginx: ranges know no IPv6. */
    private byte @Nullable [] inRanges(byte[] address) {
        AddressRanges<byte[]> ranges = block.ranges();
        if (ranges == null) {
            return null;
        }
        if (address.length == 4) {
            return ranges.find(address, 0, 4);
        }
        return MappedAddress.is(address)
                ? ranges.find(address, MappedAddress.OFFSET, 4)
                : ranges.find(NO_ADDRESS, 0, 4);
    }

    private byte[] address(Exchange exchange) {
        Template variable = source;
        byte[] address = variable == null
                ? exchange.connection().remoteAddressBytes()
                : AddressText.parse(variable.value(exchange));
        if (address == null || address.length == 0) {
            return NO_ADDRESS;
        }
        return block.proxies().networks().isEmpty()
                ? address
                : ForwardedFor.client(new Remote(address, 0), exchange.request().fields(), FieldName.X_FORWARDED_FOR,
                        block.proxies(), block.recursive()).address();
    }
}
