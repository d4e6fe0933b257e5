package io.frontdesk.engine.probe;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.engine.request.ClientStream;
import io.frontdesk.engine.request.Exchange;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.ReferenceCounted;
import org.jspecify.annotations.Nullable;

/** Hands in the request's body, and takes the response of a probe: keeps what fits of its body, and says when it is over. One loop's. */
final class ProbeStream implements ClientStream {
    private final Runnable ended;
    private final byte[] request;
    private final int limit;
    private final Bytes body = new Bytes();
    private boolean whole;
    private boolean over;
    private boolean asked;

    /** {@code request} is the request's body; {@code ended} is told once. */
    ProbeStream(byte[] request, int limit, Runnable ended) {
        this.request = request;
        this.limit = limit;
        this.ended = ended;
    }

    /** What came of the body, up to the limit. */
    Bytes body() {
        return body;
    }

    /** Whether all of it came, or as much as is looked at. */
    boolean isWhole() {
        return whole;
    }

    private void end(boolean all) {
        if (!over) {
            over = true;
            whole = all;
            ended.run();
        }
    }

    @Override
    public void writeHead(Exchange exchange) {}

    @Override
    public void takeBody(Exchange exchange, @Nullable ReferenceCounted chunk, boolean last) {
        if (chunk != null) {
            if (!over && chunk instanceof ByteBuf bytes) {
                body.take(bytes, Math.min(bytes.readableBytes(), limit - body.length()));
            }
            chunk.release();
        }
        if (last || body.length() >= limit) {
            end(true);
        }
    }

    @Override
    public void flush() {}

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public long pendingBytes() {
        return 0;
    }

    @Override
    public void abort(Exchange exchange) {
        end(false);
    }

    @Override
    public void closeWithoutAnswer(Exchange exchange) {
        end(false);
    }

    @Override
    public void writeInterim(int status, @Nullable Fields fields) {}

    @Override
    public void bodyDemandChanged(Exchange exchange) {
        if (!asked && exchange.body().wantsMore()) {
            asked = true;
            exchange.body().receive(Unpooled.wrappedBuffer(request), true);
        }
    }

    @Override
    public void startTunnel(Exchange exchange, TunnelEnd end) {
        end(true);
    }

    @Override
    public long bytesSent() {
        return 0;
    }

    @Override
    public void writeTunnel(ByteBuf data) {
        data.release();
    }

    @Override
    public void readTunnel(boolean reads) {}

    @Override
    public void endTunnel() {
        end(true);
    }
}
