package io.frontdesk.config;

/** Turns a line's words into a value. Stateless. */
@FunctionalInterface
public interface Parser<T> {

    /**
     * Reads the value of one line, whose number of words has been checked.
     *
     * @throws ConfigException
     *             from {@link Call}, in nginx's wording
     */
    T parse(Call call) throws ConfigException;
}
