package io.frontdesk.net;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a type, a constructor or a method that runs on threads of the control plane only (start, reload, signals, DNS
 * files, admin) and never on an event loop. Such code may block; all other code is taken to be reachable from a loop,
 * and the build fails when it sleeps, waits or locks. A mark on a type covers the types and lambdas inside it.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.CONSTRUCTOR})
public @interface ControlPlane {
    /** Which thread runs it, and what it waits for. */
    String value();
}
