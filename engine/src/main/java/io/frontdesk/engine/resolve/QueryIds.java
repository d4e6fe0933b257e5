package io.frontdesk.engine.resolve;

import java.security.SecureRandom;

/** Ids of queries, which nobody can guess: together with the port they tell a true answer from a forged one. One loop's. */
final class QueryIds {
    private static final int AT_ONCE = 128;

    private final SecureRandom random = new SecureRandom();
    private final byte[] bytes = new byte[AT_ONCE * 2];
    private int at = bytes.length;

    int next() {
        if (at == bytes.length) {
            random.nextBytes(bytes);
            at = 0;
        }
        int id = (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
        at += 2;
        return id;
    }
}
