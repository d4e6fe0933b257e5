package io.frontdesk.engine.file;

/**
 * {@code open_file_cache} of one block, which is one cache on each loop: told apart by identity. Immutable.
 */
public final class OpenFileCacheSettings {
    private final int max;
    private final long inactiveMillis;
    private final long validMillis;
    private final int minUses;
    private final boolean keepsErrors;
    private final Object block;

    /** The settings; {@code block} is the block that opened the cache, the identity that inner blocks share. */
    public OpenFileCacheSettings(int max, long inactiveMillis, long validMillis, int minUses, boolean keepsErrors,
            Object block) {
        this.max = max;
        this.inactiveMillis = inactiveMillis;
        this.validMillis = validMillis;
        this.minUses = minUses;
        this.keepsErrors = keepsErrors;
        this.block = block;
    }

    /** How many entries there may be. */
    public int max() {
        return max;
    }

    /** How long an entry stays that nobody asks for. */
    public long inactiveMillis() {
        return inactiveMillis;
    }

    /** {@code open_file_cache_valid}: how long an entry is believed. */
    public long validMillis() {
        return validMillis;
    }

    /** {@code open_file_cache_min_uses}: from which use on the file is kept open. */
    public int minUses() {
        return minUses;
    }

    /** {@code open_file_cache_errors}. */
    public boolean keepsErrors() {
        return keepsErrors;
    }

    /** The identity of the cache. */
    Object block() {
        return block;
    }
}
