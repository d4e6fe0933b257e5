package io.frontdesk.engine.upstream;

import io.netty.buffer.ByteBuf;

/**
 * Gets a copy of a response's body as it comes from the upstream, however fast the client takes its own: a store, or a cache. What fails is
 * its own concern: the client's answer goes on. Loop of the exchange; it may outlive the exchange, and hears of the end exactly once.
 */
public interface ResponseCopy {
    /** A part of the body, lent for the call. */
    void read(ByteBuf in, int offset, int length);

    /** The body has ended, and is whole. */
    void end();

    /** The body broke off: nothing is kept. */
    void abandon();
}
