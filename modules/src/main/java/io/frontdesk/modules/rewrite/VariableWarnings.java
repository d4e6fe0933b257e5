package io.frontdesk.modules.rewrite;

/** {@code uninitialized_variable_warn} of one location. */
record VariableWarnings(boolean on) {}
