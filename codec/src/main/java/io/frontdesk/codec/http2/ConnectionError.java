package io.frontdesk.codec.http2;

/**
 * Why a connection cannot go on. Immutable.
 *
 * @param code   what GOAWAY says: an {@link ErrorCode}
 * @param reason nginx's wording for the log, without who did it: {@code sent PUSH_PROMISE frame}
 */
public record ConnectionError(int code, String reason) {}
