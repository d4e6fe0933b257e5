package io.frontdesk.engine.upstream;

import java.util.EnumSet;
import java.util.Set;

/** Parameters of a {@code server} line that not every balancing method knows what to do with (nginx: {@code uscf->flags}). */
public enum ServerParameter {
    /** {@code weight}. */
    WEIGHT,
    /** {@code max_conns}. */
    MAX_CONNS,
    /** {@code max_fails}. */
    MAX_FAILS,
    /** {@code fail_timeout}. */
    FAIL_TIMEOUT,
    /** {@code slow_start}. */
    SLOW_START,
    /** {@code backup}. */
    BACKUP,
    /** {@code down} and {@code drain}. */
    DOWN;

    /** What round robin and its kin know. */
    public static final Set<ServerParameter> ALL = Set.copyOf(EnumSet.allOf(ServerParameter.class));
    /** What methods know that bind a key or a draw of lots to a server. */
    public static final Set<ServerParameter> WITHOUT_RESERVE = Set
            .copyOf(EnumSet.complementOf(EnumSet.of(BACKUP, SLOW_START)));
}
