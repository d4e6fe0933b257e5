package io.frontdesk.modules.ssl;

import io.frontdesk.config.Call;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Sizes;
import io.frontdesk.config.Word;
import java.util.OptionalLong;

/**
 * The argument of {@code ssl_session_cache}. A value.
 *
 * @param keeps whether sessions are kept
 * @param size  how many
 */
record SessionCache(boolean keeps, int size) {
    /** nginx's default: as if they were kept. */
    static final SessionCache NONE = new SessionCache(false, 0);
    private static final int BUILTIN = 20_480;
    /** nginx: a megabyte holds some 4000 sessions. */
    private static final int SESSION_BYTES = 256;
    private static final int MIN_BYTES = 8 * 4096;

    static SessionCache parse(Call call) throws ConfigException {
        SessionCache cache = NONE;
        for (Word word : call.args()) {
            String text = word.text();
            if (text.equals("off") || text.equals("none")) {
                continue;
            }
            if (text.equals("builtin")) {
                cache = cache.with(BUILTIN);
            } else if (text.startsWith("builtin:")) {
                cache = cache.with(number(call, text));
            } else if (text.startsWith("shared:")) {
                cache = cache.with(shared(call, text));
            } else {
                throw call.error("invalid session cache \"%s\"", text);
            }
        }
        return cache;
    }

    private SessionCache with(int more) {
        return new SessionCache(true, Math.max(size, more));
    }

    private static int number(Call call, String text) throws ConfigException {
        try {
            return Integer.parseUnsignedInt(text.substring("builtin:".length()));
        } catch (NumberFormatException e) {
            throw call.error("invalid session cache \"%s\"", text);
        }
    }

    private static int shared(Call call, String text) throws ConfigException {
        String rest = text.substring("shared:".length());
        int colon = rest.indexOf(':');
        OptionalLong bytes = colon <= 0 ? OptionalLong.empty() : Sizes.size(rest.substring(colon + 1));
        if (bytes.isEmpty()) {
            throw call.error("invalid session cache \"%s\"", text);
        }
        if (bytes.getAsLong() < MIN_BYTES) {
            throw call.error("session cache \"%s\" is too small", text);
        }
        return (int) Math.min(Integer.MAX_VALUE, bytes.getAsLong() / SESSION_BYTES);
    }

    @Override
    public String toString() {
        return keeps ? "builtin:" + size : "none";
    }
}
