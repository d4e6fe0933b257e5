package io.frontdesk.modules.rewrite;

import io.frontdesk.config.Statement;
import io.frontdesk.config.Word;
import io.frontdesk.engine.request.RequestUri;

/** What {@code explain} says of steps. Stateless. */
final class StepText {
    private StepText() {}

    /** The condition of an {@code if}, as it is written. */
    static String condition(Statement line) {
        StringBuilder text = new StringBuilder();
        for (Word word : line.args()) {
            text.append(text.isEmpty() || word.text().equals(")") ? "" : " ").append(word.text());
        }
        return text.toString();
    }

    /** A URI with its arguments. */
    static String uri(RequestUri uri) {
        return uri.path() + (uri.argsLength() > 0 ? "?" + uri.args() : "");
    }
}
