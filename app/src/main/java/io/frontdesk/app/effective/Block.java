package io.frontdesk.app.effective;

import io.frontdesk.engine.plan.LocationPlan;
import io.frontdesk.engine.plan.ServerPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server or location with all that holds in it.
 *
 * @param server   the server
 * @param location the location, or null for the server itself
 * @param lines    what holds
 */
record Block(ServerPlan server, @Nullable LocationPlan location, List<InForce> lines) {}
