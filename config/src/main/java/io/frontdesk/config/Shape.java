package io.frontdesk.config;

/**
 * The form of a directive's arguments: how many, how they read in the manual, what value they make. {@link Shapes} has
 * the usual ones. Immutable; any thread.
 */
public interface Shape<T> {

    /** The arguments as the syntax line shows them; empty if there are none. */
    String syntax();

    /** The least number of arguments. */
    int minArgs();

    /** The greatest number of arguments; {@link Integer#MAX_VALUE} if there is none. */
    int maxArgs();

    /** Whether that many arguments are right. */
    default boolean takes(int count) {
        return count >= minArgs() && count <= maxArgs();
    }

    /**
     * Makes the value of one line.
     *
     * @throws ConfigException
     *             from {@link Call}, in nginx's wording
     */
    T parse(Call call) throws ConfigException;

    /** A value as one would write it, for defaults in the manual. */
    default String format(T value) {
        return String.valueOf(value);
    }
}
