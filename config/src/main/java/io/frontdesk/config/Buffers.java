package io.frontdesk.config;

/**
 * A number of buffers of one size, as in {@code 8 16k}. A value; any thread.
 *
 * @param size
 *            in bytes
 */
public record Buffers(int count, int size) {}
