package io.frontdesk.config;

/**
 * What a directive checks when its block has been read: that all needed is there. Runs during pass 2, in file order.
 */
@FunctionalInterface
public interface Closing<T> {

    /**
     * Looks at a complete block.
     *
     * @param block
     *            the block's line and its {@link Setting#body}
     * @param call
     *            makes the errors; nginx reports those at the closing brace: {@link Call#errorAtEnd}
     */
    void close(Setting<T> block, Call call) throws ConfigException;
}
