package io.frontdesk.modules.headers;

import io.frontdesk.config.Times;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.variable.Template;
import org.jspecify.annotations.Nullable;

/** {@code expires}: known at load, or evaluated for each response. Immutable, shared by all loops. */
sealed interface Expires {
    /** What a time is counted from. */
    enum Kind {
        /** Nothing is set. */
        OFF,
        /** Long ago, and not to be kept. */
        EPOCH,
        /** As far ahead as there is a date for. */
        MAX,
        /** From now. */
        ACCESS,
        /** From the time of the entity. */
        MODIFIED,
        /** From midnight. */
        DAILY
    }

    /** What holds for this response; null where the value makes no sense, which nginx treats as off. */
    @Nullable
    Fixed in(Exchange exchange);

    /**
     * A value.
     *
     * @param kind
     *            what the seconds are counted from
     * @param seconds
     *            the time; negative for no-cache
     */
    record Fixed(Kind kind, long seconds) implements Expires {
        @Override
        public Fixed in(Exchange exchange) {
            return this;
        }
    }

    /**
     * A value with variables.
     *
     * @param modified
     *            whether it is counted from the time of the entity
     * @param value
     *            the value
     */
    record Varying(boolean modified, Template value) implements Expires {
        @Override
        public @Nullable Fixed in(Exchange exchange) {
            try {
                Fixed fixed = parse(value.value(exchange), modified);
                return fixed.kind() == Kind.OFF ? null : fixed;
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
    }

    /**
     * Reads a value.
     *
     * @throws IllegalArgumentException
     *             with nginx's complaint
     */
    static Fixed parse(String text, boolean modified) {
        if (!modified) {
            switch (text) {
                case "epoch" :
                    return new Fixed(Kind.EPOCH, 0);
                case "max" :
                    return new Fixed(Kind.MAX, 0);
                case "off" :
                    return new Fixed(Kind.OFF, 0);
                default :
                    break;
            }
        }
        char sign = text.isEmpty() ? ' ' : text.charAt(0);
        boolean signed = sign == '@' || sign == '+' || sign == '-';
        if (sign == '@' && modified) {
            throw new IllegalArgumentException("daily time cannot be used with \"modified\" parameter");
        }
        long seconds = Times.seconds(signed ? text.substring(1) : text)
                .orElseThrow(() -> new IllegalArgumentException("invalid value"));
        if (sign == '@') {
            if (seconds > 24 * 60 * 60) {
                throw new IllegalArgumentException("daily time value must be less than 24 hours");
            }
            return new Fixed(Kind.DAILY, seconds);
        }
        return new Fixed(modified ? Kind.MODIFIED : Kind.ACCESS, sign == '-' ? -seconds : seconds);
    }
}
