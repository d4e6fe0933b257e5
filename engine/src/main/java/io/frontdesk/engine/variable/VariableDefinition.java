package io.frontdesk.engine.variable;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The declaration of a variable, or of a family with a prefix ({@code http_}): what the reference page shows.
 *
 * @param name   without the dollar; for a family, the prefix
 * @param prefix whether every name that begins with {@code name} belongs to it
 * @param doc    the manual text
 * @param make   gives the variable for a full name
 * @param setter for variables that {@code set} may change (nginx: {@code $args}, {@code $limit_rate}), or null
 */
public record VariableDefinition(String name, boolean prefix, String doc, Function<String, Variable> make,
        @Nullable VariableSetter setter) {}
