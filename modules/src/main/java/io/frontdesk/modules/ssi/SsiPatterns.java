package io.frontdesk.modules.ssi;

import io.frontdesk.net.regex.Regex;
import io.frontdesk.net.regex.RegexException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The expressions that pages have in their conditions, compiled: the last ones are kept. One per loop. */
final class SsiPatterns {
    private static final int MAX_KEPT = 128;

    private final Map<String, Regex> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Regex> eldest) {
            return size() > MAX_KEPT;
        }
    };

    Regex compile(String text) throws RegexException {
        Regex known = kept.get(text);
        if (known == null) {
            known = Regex.compile(text, false);
            kept.put(text, known);
        }
        return known;
    }
}
