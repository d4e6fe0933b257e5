package io.frontdesk.net;

import io.netty.util.internal.logging.AbstractInternalLogger;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Where Netty's own warnings and errors go. Without it Netty would start the JDK's logging, which costs time at each start and writes lines
 * that are not ours. Any thread.
 */
public final class NettyVoice {
    private static volatile BiConsumer<Boolean, String> listener = (isError, text) -> System.err
            .println("frontdesk: " + text);

    private NettyVoice() {}

    /**
     * Takes Netty's logging over; to be called before anything of Netty is used. Also spares Netty the search for a network card's address,
     * which it would put into the names of channels that nobody prints.
     */
    public static void takeOver() {
        InternalLoggerFactory.setDefaultFactory(new Voices());
        setAbsent("io.netty.machineId", "00:00:00:00:00:00:00:01");
        setAbsent("io.netty.processId", "1");
    }

    private static void setAbsent(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** Says who hears what Netty has to say from now on; the first argument is whether it is an error. */
    public static void to(BiConsumer<Boolean, String> next) {
        listener = next;
    }

    private static void say(boolean isError, String name, @Nullable String text, @Nullable Throwable cause) {
        OutOfMemory.check(cause);
        listener.accept(isError,
                name.substring(name.lastIndexOf('.') + 1) + ": " + text + (cause == null ? "" : ": " + cause));
    }

    /** Puts arguments into the places of a format; one that is left over is the cause. */
    private static void say(boolean isError, String name, String format, @Nullable Object... arguments) {
        StringBuilder text = new StringBuilder();
        int from = 0;
        int used = 0;
        for (int at = format.indexOf("{}"); at >= 0 && used < arguments.length; at = format.indexOf("{}", from)) {
            text.append(format, from, at).append(arguments[used++]);
            from = at + 2;
        }
        text.append(format, from, format.length());
        Object last = arguments.length > used ? arguments[arguments.length - 1] : null;
        say(isError, name, text.toString(), last instanceof Throwable cause ? cause : null);
    }

    /** Makes the loggers. */
    private static final class Voices extends InternalLoggerFactory {
        @Override
        protected InternalLogger newInstance(String name) {
            return new Voice(name);
        }
    }

    /** One class' logger: what is less than a warning is not heard. */
    private static final class Voice extends AbstractInternalLogger {
        private static final long serialVersionUID = 1L;

        Voice(String name) {
            super(name);
        }

        // @formatter:off
        @Override public boolean isTraceEnabled() { return false; }
        @Override public void trace(String text) { }
        @Override public void trace(String format, Object a) { }
        @Override public void trace(String format, Object a, Object b) { }
        @Override public void trace(String format, Object... all) { }
        @Override public void trace(String text, Throwable cause) { }
        @Override public boolean isDebugEnabled() { return false; }
        @Override public void debug(String text) { }
        @Override public void debug(String format, Object a) { }
        @Override public void debug(String format, Object a, Object b) { }
        @Override public void debug(String format, Object... all) { }
        @Override public void debug(String text, Throwable cause) { }
        @Override public boolean isInfoEnabled() { return false; }
        @Override public void info(String text) { }
        @Override public void info(String format, Object a) { }
        @Override public void info(String format, Object a, Object b) { }
        @Override public void info(String format, Object... all) { }
        @Override public void info(String text, Throwable cause) { }
        @Override public boolean isWarnEnabled() { return true; }
        @Override public void warn(String text) { say(false, name(), text, (Throwable) null); }
        @Override public void warn(String format, Object a) { say(false, name(), format, new Object[] {a}); }
        @Override public void warn(String format, Object a, Object b) { say(false, name(), format, new Object[] {a, b}); }
        @Override public void warn(String format, Object... all) { say(false, name(), format, all); }
        @Override public void warn(String text, Throwable cause) { say(false, name(), text, cause); }
        @Override public boolean isErrorEnabled() { return true; }
        @Override public void error(String text) { say(true, name(), text, (Throwable) null); }
        @Override public void error(String format, Object a) { say(true, name(), format, new Object[] {a}); }
        @Override public void error(String format, Object a, Object b) { say(true, name(), format, new Object[] {a, b}); }
        @Override public void error(String format, Object... all) { say(true, name(), format, all); }
        @Override public void error(String text, Throwable cause) { say(true, name(), text, cause); }
        // @formatter:on
    }
}
