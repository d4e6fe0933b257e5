package io.frontdesk.config;

/**
 * A rule of {@code lint}, declared next to the feature that it is about, as directives are: the field is the declaration, the registration
 * and what findings refer to. Immutable; any thread.
 */
public final class LintRule {

    private final String module;
    private final String name;
    private final LintLevel level;
    private final String doc;

    private LintRule(Declaration declaration, String doc) {
        this.module = declaration.module.name();
        this.name = declaration.name;
        this.level = declaration.level;
        this.doc = doc;
    }

    /** A rule in the making; {@link #doc} ends it. Used while a module is constructed, by one thread. */
    public static final class Declaration {

        private final Module module;
        private final String name;
        private final LintLevel level;

        Declaration(Module module, String name, LintLevel level) {
            this.module = module;
            this.name = name;
            this.level = level;
        }

        /** Ends the chain: the manual's text, in Markdown. Registers the rule. */
        public LintRule doc(String text) {
            if (text.isBlank() || !name.matches("[a-z0-9]+(-[a-z0-9]+)+")) {
                throw new IllegalStateException("rule \"" + name + "\" has no manual text, or no name of small words");
            }
            var rule = new LintRule(this, text.strip());
            module.register(rule);
            return rule;
        }
    }

    /** The module that declares it. */
    public String module() {
        return module;
    }

    /** Its name: small words with dashes, as {@code lint:ignore} takes it. */
    public String name() {
        return name;
    }

    /** How much its findings matter. */
    public LintLevel level() {
        return level;
    }

    /** The manual's text. */
    public String doc() {
        return doc;
    }

    @Override
    public String toString() {
        return name;
    }
}
