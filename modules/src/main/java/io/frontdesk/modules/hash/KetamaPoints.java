package io.frontdesk.modules.hash;

import io.frontdesk.engine.upstream.Peer;
import io.frontdesk.engine.upstream.PeerGroup;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The circle of a consistent hash: 160 points for each unit of a server's weight. Addresses of one {@code server} line share its points.
 * Immutable, shared by all loops.
 */
final class KetamaPoints {
    private static final int POINTS_PER_WEIGHT = 160;
    /** Above this sum weights are scaled down: records of a name server may say what they like, and a loop must not be busy with it. */
    private static final long MAX_WEIGHT = 100_000;

    private final long[] points;
    private final int[] serverOfPeer;

    private KetamaPoints(long[] points, int[] serverOfPeer) {
        this.points = points;
        this.serverOfPeer = serverOfPeer;
    }

    /** The circle of a group. */
    static KetamaPoints of(PeerGroup group) {
        List<String> servers = new ArrayList<>();
        int[] serverOfPeer = new int[group.size()];
        long scale = (group.totalWeight() + MAX_WEIGHT - 1) / MAX_WEIGHT;
        int total = 0;
        for (int i = 0; i < serverOfPeer.length; i++) {
            total += weight(group.peer(i), scale);
        }
        long[] all = new long[total * POINTS_PER_WEIGHT];
        int count = 0;
        for (int i = 0; i < serverOfPeer.length; i++) {
            Peer peer = group.peer(i);
            int server = servers.indexOf(peer.server());
            if (server < 0) {
                server = servers.size();
                servers.add(peer.server());
            }
            serverOfPeer[i] = server;
            count = add(all, count, peer.server(), weight(peer, scale), server);
        }
        Arrays.sort(all);
        return new KetamaPoints(withoutTwins(all), serverOfPeer);
    }

    private static int weight(Peer peer, long scale) {
        return (int) Math.max(1, peer.parameters().weight() / scale);
    }

    /** A point is its hash, and below that its server. */
    private static int add(long[] points, int from, String server, int weight, int number) {
        byte[] text = hostAndPort(server).getBytes(StandardCharsets.ISO_8859_1);
        int base = Crc32.update(Crc32.START, text, 0, text.length);
        byte[] previous = new byte[4];
        int count = from;
        for (int i = 0; i < weight * POINTS_PER_WEIGHT; i++) {
            int hash = Crc32.finish(Crc32.update(base, previous, 0, previous.length));
            points[count++] = (hash & 0xffff_ffffL) << 31 | number;
            for (int b = 0; b < previous.length; b++) {
                previous[b] = (byte) (hash >>> 8 * b);
            }
        }
        return count;
    }

    /** Cache::Memcached::Fast: host, NUL, port; nginx: what follows the last colon is the port if it is all digits. */
    static String hostAndPort(String server) {
        if (server.regionMatches(true, 0, "unix:", 0, 5)) {
            return server.substring(5) + "\0";
        }
        int i = server.length();
        while (i > 0 && server.charAt(i - 1) >= '0' && server.charAt(i - 1) <= '9') {
            i--;
        }
        return i > 0 && server.charAt(i - 1) == ':'
                ? server.substring(0, i - 1) + "\0" + server.substring(i)
                : server + "\0";
    }

    private static long[] withoutTwins(long[] sorted) {
        int count = 0;
        for (long point : sorted) {
            if (count == 0 || sorted[count - 1] >>> 31 != point >>> 31) {
                sorted[count++] = point;
            }
        }
        return Arrays.copyOf(sorted, count);
    }

    /** The place of the first point that is not before the hash; the number of points when there is none. */
    int find(int hash) {
        long wanted = (hash & 0xffff_ffffL) << 31;
        int place = Arrays.binarySearch(points, wanted);
        return place < 0 ? -place - 1 : place;
    }

    /** The server at a place; places go round. */
    int server(long place) {
        return (int) (points[(int) (place % points.length)] & 0x7fff_ffff);
    }

    /** Whether a peer is one of that server. */
    boolean isOf(Peer peer, int server) {
        return serverOfPeer[peer.index()] == server;
    }
}
