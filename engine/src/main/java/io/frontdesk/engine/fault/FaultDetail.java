package io.frontdesk.engine.fault;

/** More about a fault: which limit, of which place of the configuration, which server. Rendered only when somebody asks. */
@FunctionalInterface
public interface FaultDetail {
    /** The text: parts with a semicolon between them. */
    String describe();
}
