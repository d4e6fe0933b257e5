package io.frontdesk.modules.limitreq;

import io.frontdesk.config.Position;
import io.frontdesk.engine.variable.Template;

/**
 * One {@code limit_req} line, compiled.
 *
 * @param zone          the zone
 * @param key           the key of a request; requests with an empty one are not limited
 * @param burstPerMille how much excess is let in, in thousandths of a request
 * @param delayPerMille from how much excess on a request is delayed; the largest number for never
 * @param at            the line
 */
record LimitReqLimit(LimitReqZone zone, Template key, long burstPerMille, long delayPerMille, Position at) {}
