package io.frontdesk.config;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Pass 1's result: the whole configuration as a tree of words, includes resolved. Immutable once it is given out; any
 * thread.
 *
 * @param statements
 *            the main block's statements, those of {@code -g} first
 * @param sources
 *            the files in reading order, each once
 * @param problem
 *            the error that ended the tree: everything before it is there, the blocks that it stands in have no
 *            end. The checker reports it after what is wrong before it, as nginx, which checks while it reads
 */
public record ConfigText(List<Statement> statements, List<Source> sources, @Nullable Diagnostic problem) {

    public ConfigText {
        statements = List.copyOf(statements);
        sources = List.copyOf(sources);
    }
}
