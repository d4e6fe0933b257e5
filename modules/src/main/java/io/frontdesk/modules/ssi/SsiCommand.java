package io.frontdesk.modules.ssi;

import java.util.List;

/**
 * A command as it stands in a page.
 *
 * @param name       such as {@code include}
 * @param parameters in their order
 */
record SsiCommand(String name, List<Parameter> parameters) {
    /**
     * One of its parameters.
     *
     * @param name  as it stands there
     * @param value without the quotes, backslashes kept
     */
    record Parameter(String name, String value) {}

    /** The command as text, which means the same where it is read again. */
    String text() {
        StringBuilder text = new StringBuilder("<!--#").append(name);
        for (Parameter parameter : parameters) {
            text.append(' ').append(parameter.name).append("=\"").append(parameter.value).append('"');
        }
        return text.append(" -->").toString();
    }
}
