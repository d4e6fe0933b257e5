package io.frontdesk.modules.userid;

import org.jspecify.annotations.Nullable;

/** The ids of one exchange, as four numbers each, in the byte order of x86 as nginx has them there. Owned by its exchange. */
final class Uids {
    /** What the client sent, as text; empty for nothing. */
    String text = "";
    /** What the client sent, or null. */
    int @Nullable [] got;
    /** What is set, or null. */
    int @Nullable [] set;
    /** Whether the id is new although the client sent one. */
    boolean reset;
    /** Whether {@link #set} was looked into. */
    boolean decided;
}
