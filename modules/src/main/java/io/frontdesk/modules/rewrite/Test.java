package io.frontdesk.modules.rewrite;

/** The condition of an {@code if}, compiled. Immutable, shared by all loops; runs on the loop of the exchange. */
@FunctionalInterface
interface Test {
    /**
     * Whether it holds.
     *
     * @throws io.frontdesk.net.regex.RegexMatchException when that cannot be said
     */
    boolean holds(Run run);
}
