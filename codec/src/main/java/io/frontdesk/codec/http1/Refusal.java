package io.frontdesk.codec.http1;

/**
 * Why a message was refused. Immutable.
 *
 * @param status
 *            what to answer a client: 400, 405, 413, 414, 494 (nginx's own for too large a head; 400 on the wire), 501,
 *            505; 502 for an upstream's message
 * @param reason
 *            nginx's wording for the log, without what the logger adds about the connection
 */
public record Refusal(int status, String reason) {}
