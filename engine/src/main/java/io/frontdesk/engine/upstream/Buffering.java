package io.frontdesk.engine.upstream;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.Octets;
import io.frontdesk.config.Call;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Shape;
import io.frontdesk.config.Shapes;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Whether a response is taken from its server faster than the client takes it. */
enum Buffering {
    /** Always. */
    ON,
    /** Never. */
    OFF,
    /** Ours: unless it is a stream, whose parts are worth something only at once. */
    AUTO;

    private static final byte[][] STREAMS = {bytes("text/event-stream"), bytes("application/grpc"),
            bytes("application/x-ndjson")};

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static Shape<Buffering> shape() {
        return Shapes.of("on | off | auto", 1, 1, Buffering::parse, value -> value.name().toLowerCase(Locale.ROOT));
    }

    private static Buffering parse(Call call) throws ConfigException {
        for (Buffering value : values()) {
            if (value.name().equalsIgnoreCase(call.text(0))) {
                return value;
            }
        }
        throw call.error("invalid value \"%s\" in \"%s\" directive, it must be \"on\" or \"off\"", call.text(0),
                call.directive().name());
    }

    /** Whether a type, without parameters, is that of a stream; {@code application/grpc} has variants behind a plus. */
    static boolean isStream(Bytes type) {
        for (byte[] stream : STREAMS) {
            int length = stream.length;
            if ((type.length() == length || type.length() > length && isEnd(type.array()[length]))
                    && Octets.equalsFolded(type.array(), 0, stream, 0, length)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isEnd(byte b) {
        return b == '+' || b == ';' || b == ' ';
    }
}
