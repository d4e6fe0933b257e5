package io.frontdesk.modules.ssi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The commands that there are, with their parameters. */
enum SsiVerb {
    /** Another response stands here. */
    INCLUDE("include", 0, List.of(), List.of("file", "virtual", "wait", "set", "stub")),
    /** The value of a variable stands here. */
    ECHO("echo", 0, List.of("var"), List.of("default", "encoding")),
    /** What errors and times look like. */
    CONFIG("config", 0, List.of(), List.of("errmsg", "timefmt")),
    /** Gives a variable a value. */
    SET("set", 0, List.of("var", "value"), List.of()),
    /** What follows is shown when a condition holds. */
    IF("if", 0, List.of("expr"), List.of()),
    /** Or else when this one holds. */
    ELIF("elif", 1, List.of("expr"), List.of()),
    /** Or else. */
    ELSE("else", 1, List.of(), List.of()),
    /** The end of it. */
    ENDIF("endif", 2, List.of(), List.of()),
    /** What follows is kept, for an include that has nothing to show. */
    BLOCK("block", 0, List.of("name"), List.of()),
    /** The end of it. */
    ENDBLOCK("endblock", 0, List.of(), List.of());

    private final String word;
    private final int context;
    private final List<String> mandatory;
    private final List<String> optional;

    SsiVerb(String word, int context, List<String> mandatory, List<String> optional) {
        this.word = word;
        this.context = context;
        this.mandatory = mandatory;
        this.optional = optional;
    }

    static @Nullable SsiVerb of(String word) {
        for (SsiVerb verb : values()) {
            if (verb.word.equals(word)) {
                return verb;
            }
        }
        return null;
    }

    /** Where it may stand: 0 anywhere, 1 behind if or elif, 2 behind else too. */
    int context() {
        return context;
    }

    List<String> mandatory() {
        return mandatory;
    }

    boolean has(String parameter) {
        return mandatory.contains(parameter) || optional.contains(parameter);
    }
}
