package io.frontdesk.modules.tunnel;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.codec.http1.ContentEvent;
import io.frontdesk.codec.http1.Result;
import io.frontdesk.engine.fault.Fault;
import io.frontdesk.engine.upstream.UpstreamCodec;
import io.frontdesk.engine.upstream.UpstreamExchange;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** No protocol at all: once there is a connection, the answer is 200, and all that follows are bytes. Loop only. */
final class TunnelCodec implements UpstreamCodec {
    private final Fields none = new Fields(new Bytes(0));

    @Override
    public int prepare(UpstreamExchange exchange) {
        return 0;
    }

    @Override
    public void appendUri(Bytes out) {}

    @Override
    public String scheme() {
        return "";
    }

    @Override
    public boolean writeHead(Bytes out) {
        return true;
    }

    @Override
    public void beginPart(Bytes out, int length) {}

    @Override
    public void endPart(Bytes out, int length, boolean last) {}

    @Override
    public boolean answersUnasked() {
        return true;
    }

    @Override
    public Result readHead(ByteBuf in) {
        return Result.HEAD;
    }

    @Override
    public Fault refusal() {
        throw new IllegalStateException("nothing is refused");
    }

    @Override
    public int status() {
        return 200;
    }

    @Override
    public Fields fields() {
        return none;
    }

    @Override
    public @Nullable String reason() {
        return null;
    }

    @Override
    public long contentLength() {
        return -1;
    }

    @Override
    public boolean isUpgrade() {
        return true;
    }

    @Override
    public ContentEvent readBody(ByteBuf in) {
        throw new IllegalStateException("there is no body");
    }

    @Override
    public int dataOffset() {
        return 0;
    }

    @Override
    public int dataLength() {
        return 0;
    }

    @Override
    public boolean isBodyEnded() {
        return false;
    }

    @Override
    public boolean isBodyEndedByClose() {
        return true;
    }

    @Override
    public @Nullable Fields trailers() {
        return null;
    }

    @Override
    public boolean keepsAlive() {
        return false;
    }

    @Override
    public void clear() {}
}
