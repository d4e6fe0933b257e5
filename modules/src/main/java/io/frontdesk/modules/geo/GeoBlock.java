package io.frontdesk.modules.geo;

import io.frontdesk.engine.address.AddressRanges;
import io.frontdesk.engine.address.NetworkTable;
import io.frontdesk.engine.address.TrustedPeers;
import org.jspecify.annotations.Nullable;

/**
 * A {@code geo} block. Immutable, shared by all loops.
 *
 * @param variable   what it defines, with the dollar
 * @param address    the variable that holds the address, without the dollar; null for the client's
 * @param networks   networks to values; null with {@code ranges}
 * @param ranges     ranges to values; null without {@code ranges}
 * @param otherwise  the value of what is in no range
 * @param proxies    trusted addresses
 * @param recursive  {@code proxy_recursive}
 * @param isVolatile {@code volatile}
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
record GeoBlock(String variable, @Nullable String address, @Nullable NetworkTable<byte[]> networks,
        @Nullable AddressRanges<byte[]> ranges, byte[] otherwise, TrustedPeers proxies, boolean recursive,
        boolean isVolatile) {}
