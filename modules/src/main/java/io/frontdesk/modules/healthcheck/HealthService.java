package io.frontdesk.modules.healthcheck;

import io.frontdesk.codec.Bytes;
import io.frontdesk.engine.probe.ProbeRequest;
import java.nio.charset.StandardCharsets;

/**
 * The two messages of gRPC's health checking protocol ({@code grpc.health.v1.Health/Check}): which service is asked about, and the number
 * that says how it is. Both are so small that no library for Protocol Buffers is needed.
 */
final class HealthService {
    /** HealthCheckResponse.ServingStatus. */
    static final int SERVING = 1;
    /** A message that is none, or none that is whole. */
    static final int MALFORMED = -1;

    private static final String CHECK = "/grpc.health.v1.Health/Check";
    private static final int PREFIX_BYTES = 5;
    /** The first field of both messages: a text in the one, a number in the other. */
    private static final int SERVICE = 1 << 3 | 2;
    private static final int STATUS = 1 << 3;

    private HealthService() {}

    /** A call that asks about a service; about the server as a whole when the name is empty. */
    static ProbeRequest request(String service) {
        byte[] name = service.getBytes(StandardCharsets.ISO_8859_1);
        Bytes message = new Bytes();
        if (name.length > 0) {
            message.write((byte) SERVICE);
            varint(name.length, message);
            message.write(name);
        }
        return ProbeRequest.call(CHECK, message.toArray());
    }

    private static void varint(int value, Bytes out) {
        int rest = value;
        while (rest > 0x7f) {
            out.write((byte) (rest | 0x80));
            rest >>>= 7;
        }
        out.write((byte) rest);
    }

    /** The status that an answer's body holds, or {@link #MALFORMED}; 0, unknown, when it has no such field. */
    static int status(Bytes body) {
        byte[] bytes = body.array();
        int end = body.length();
        if (end < PREFIX_BYTES || bytes[0] != 0) {
            return MALFORMED;
        }
        int length = (bytes[1] & 0xff) << 24 | (bytes[2] & 0xff) << 16 | (bytes[3] & 0xff) << 8 | bytes[4] & 0xff;
        if (length != end - PREFIX_BYTES) {
            return MALFORMED;
        }
        return new Message(bytes, PREFIX_BYTES, end).status();
    }

    /** A message that is read: fields that are not known are passed over. */
    private static final class Message {
        private final byte[] bytes;
        private final int end;
        private int at;
        private boolean malformed;

        Message(byte[] bytes, int from, int end) {
            this.bytes = bytes;
            this.at = from;
            this.end = end;
        }

        int status() {
            long status = 0;
            while (at < end && !malformed) {
                long key = number();
                switch ((int) (key & 7)) {
                    case 0 -> {
                        long value = number();
                        if (key == STATUS) {
                            status = value;
                        }
                    }
                    case 1 -> pass(8);
                    case 2 -> pass(number());
                    case 5 -> pass(4);
                    default -> malformed = true;
                }
            }
            return malformed || status < 0 || status > Integer.MAX_VALUE ? MALFORMED : (int) status;
        }

        private void pass(long count) {
            if (count < 0 || count > end - at) {
                malformed = true;
            } else {
                at += (int) count;
            }
        }

        private long number() {
            long value = 0;
            for (int shift = 0; shift < Long.SIZE && at < end; shift += 7) {
                byte next = bytes[at++];
                value |= (next & 0x7fL) << shift;
                if (next >= 0) {
                    return value;
                }
            }
            malformed = true;
            return 0;
        }
    }
}
