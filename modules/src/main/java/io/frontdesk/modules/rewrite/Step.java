package io.frontdesk.modules.rewrite;

/**
 * One step of a compiled block. Steps stand in one flat array, those of {@code if} blocks in their place; a step says which one is next.
 * Immutable, shared by all loops; runs on the loop of the exchange.
 */
interface Step {
    /** The next step that ends the list without a decision. */
    int END = -1;

    /**
     * Does its part.
     *
     * @param at its own place in the array
     * @return the place of the next step, or what {@link Run#end} or {@link #END} gave
     */
    int run(Run run, int at);
}
