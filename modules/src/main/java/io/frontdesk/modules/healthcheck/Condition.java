package io.frontdesk.modules.healthcheck;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.config.Numbers;
import io.frontdesk.engine.core.FieldVariables;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.upstream.UpstreamHead;
import io.frontdesk.engine.variable.Pattern;
import io.frontdesk.engine.variable.Template;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a server's response must be. Immutable, shared by all loops. */
sealed interface Condition {
    /** What is looked at, as the log says it. */
    String subject();

    /** Whether it is so. */
    boolean holds(Exchange ex, UpstreamHead head, Bytes body);

    /** From one status to another. */
    record Range(int from, int to) {}

    /** {@code status}: in one of the ranges, or in none. */
    record Status(List<Range> ranges, boolean negated) implements Condition {
        /** What a server must answer when no match block says more. */
        static final Status USUAL = new Status(List.of(new Range(200, 399)), false);

        @Override
        public String subject() {
            return "status code";
        }

        @Override
        public boolean holds(Exchange ex, UpstreamHead head, Bytes body) {
            int status = head.status();
            return ranges.stream().anyMatch(range -> status >= range.from && status <= range.to) != negated;
        }
    }

    /** {@code header}: it is there, has a value, or fits an expression; or not. */
    record Header(String name, @Nullable String value, @Nullable Pattern pattern, boolean negated)
            implements
                Condition {
        @Override
        public String subject() {
            return "headers";
        }

        @Override
        public boolean holds(Exchange ex, UpstreamHead head, Bytes body) {
            byte[] key = name.toLowerCase(java.util.Locale.ROOT).replace('-', '_')
                    .getBytes(StandardCharsets.ISO_8859_1);
            Bytes out = new Bytes();
            boolean there = FieldVariables.join(head.fields(), key, ", ", out);
            if (value != null) {
                return (there && out.toString().equals(value)) != negated;
            }
            return (there && (pattern == null || pattern.matches(ex, out))) != negated;
        }
    }

    /** {@code body}: fits an expression, or not. */
    record Body(Pattern pattern, boolean negated) implements Condition {
        @Override
        public String subject() {
            return "response body";
        }

        @Override
        public boolean holds(Exchange ex, UpstreamHead head, Bytes body) {
            return pattern.matches(ex, body) != negated;
        }
    }

    /**
     * {@code type=grpc}: the service serves, or the call ended with the given status, such as 12 (unimplemented) of a server that does not
     * know the protocol; 0: none is given.
     */
    record Serving(int orStatus) implements Condition {
        private static final byte[] GRPC_STATUS = "grpc_status".getBytes(StandardCharsets.ISO_8859_1);

        @Override
        public String subject() {
            return "grpc status";
        }

        @Override
        public boolean holds(Exchange ex, UpstreamHead head, Bytes body) {
            int status = status(head.trailers());
            if (status < 0) {
                // An answer of a head alone ends with that.
                status = status(head.fields());
            }
            if (status > 0) {
                return status == orStatus;
            }
            return status == 0 && head.status() == 200 && HealthService.status(body) == HealthService.SERVING;
        }

        private static int status(@Nullable Fields fields) {
            Bytes text = new Bytes();
            if (fields == null || !FieldVariables.join(fields, GRPC_STATUS, ",", text)) {
                return -1;
            }
            return (int) Numbers.parse(text.toString()).orElse(-1);
        }
    }

    /** {@code require}: these values are neither empty nor 0. */
    record Require(List<Template> values) implements Condition {
        @Override
        public String subject() {
            return "required variables";
        }

        @Override
        public boolean holds(Exchange ex, UpstreamHead head, Bytes body) {
            return values.stream().map(value -> value.value(ex)).noneMatch(text -> text.isEmpty() || text.equals("0"));
        }
    }
}
