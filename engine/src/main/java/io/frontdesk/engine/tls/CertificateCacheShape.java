package io.frontdesk.engine.tls;

import io.frontdesk.config.Call;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Shape;
import io.frontdesk.config.Shapes;
import io.frontdesk.config.Times;
import io.frontdesk.config.Word;
import io.frontdesk.engine.tls.VariableCertificates.Cache;
import java.util.OptionalLong;

/** The arguments of {@code ssl_certificate_cache} and its kin. Stateless. */
public final class CertificateCacheShape {
    private CertificateCacheShape() {}

    /** {@code off | max=N [inactive=time] [valid=time]}. */
    public static Shape<Cache> of() {
        return Shapes.of("off | max=N [inactive=time] [valid=time]", 1, 3, CertificateCacheShape::parse,
                cache -> cache.max() == 0 ? "off" : "max=" + cache.max());
    }

    private static Cache parse(Call call) throws ConfigException {
        int max = 0;
        long inactive = 10_000;
        long valid = 60_000;
        boolean off = false;
        for (Word word : call.args()) {
            String text = word.text();
            if (text.startsWith("max=")) {
                max = number(text.substring(4));
                if (max <= 0) {
                    throw call.invalidParameter(word);
                }
            } else if (text.startsWith("inactive=")) {
                inactive = time(call, word, 9);
            } else if (text.startsWith("valid=")) {
                valid = time(call, word, 6);
            } else if (text.equals("off")) {
                off = true;
            } else {
                throw call.invalidParameter(word);
            }
        }
        if (off) {
            return Cache.OFF;
        }
        if (max == 0) {
            throw call.error("\"%s\" must have the \"max\" parameter", call.directive().name());
        }
        return new Cache(max, inactive, valid);
    }

    private static long time(Call call, Word word, int from) throws ConfigException {
        OptionalLong seconds = Times.seconds(word.text().substring(from));
        return seconds.orElseThrow(() -> call.invalidParameter(word)) * 1000;
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
