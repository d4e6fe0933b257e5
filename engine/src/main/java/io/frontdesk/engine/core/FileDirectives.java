package io.frontdesk.engine.core;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Context.SERVER;
import static io.frontdesk.config.Shapes.flag;
import static io.frontdesk.config.Shapes.integer;
import static io.frontdesk.config.Shapes.of;
import static io.frontdesk.config.Shapes.seconds;

import io.frontdesk.config.Call;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Module;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Times;
import io.frontdesk.config.Word;
import io.frontdesk.engine.file.FileAccess;
import io.frontdesk.engine.file.OpenFileCacheSettings;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.variable.Template;
import io.frontdesk.net.file.SymlinkRule;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The core directives about how files are opened. A group of {@link CoreModule}; control plane only. */
final class FileDirectives extends Module {
    private static final long INACTIVE_SECONDS = 60;

    private final Directive<Cache> openFileCache = directive("open_file_cache",
            of("off | max=number [inactive=time]", 1, 2, FileDirectives::parseCache)).in(HTTP, SERVER, LOCATION)
            .orElse(new Cache(0, INACTIVE_SECONDS), "off")
            .doc("Keeps files open, and remembers what was found at a path, on each loop.");
    private final Directive<Long> openFileCacheValid = directive("open_file_cache_valid", seconds())
            .in(HTTP, SERVER, LOCATION).orElse(60L).doc("How long an entry of `open_file_cache` is believed.");
    private final Directive<Integer> openFileCacheMinUses = directive("open_file_cache_min_uses",
            integer(0, Integer.MAX_VALUE)).in(HTTP, SERVER, LOCATION).orElse(1)
            .doc("How often a file must be used until it is kept open.");
    private final Directive<Boolean> openFileCacheErrors = directive("open_file_cache_errors", flag())
            .in(HTTP, SERVER, LOCATION).orElse(false).doc("Whether errors are remembered too.");
    /** Accepted; Linux has no such events. */
    @SuppressWarnings("unused")
    private final Directive<Boolean> openFileCacheEvents = directive("open_file_cache_events", flag())
            .in(HTTP, SERVER, LOCATION).orElse(false).doc("Accepted without effect.");
    private final Directive<Symlinks> disableSymlinks = directive("disable_symlinks",
            of("off | on | if_not_owner [from=part]", 1, 2, FileDirectives::parseSymlinks)).in(HTTP, SERVER, LOCATION)
            .orElse(new Symlinks(SymlinkRule.FOLLOW, null), "off")
            .doc("Whether a symbolic link in a path denies the file; `from` exempts a first part of the path.");

    FileDirectives() {
        super("core");
    }

    /** {@code open_file_cache}; {@code max} is 0 for {@code off}. Its identity is that of the cache. */
    private record Cache(int max, long inactiveSeconds) {}

    private record Symlinks(SymlinkRule rule, @Nullable Word from) {}

    /** How a location reaches files. */
    FileAccess access(Scope scope, Link link) throws ConfigException {
        @Nullable
        Setting<Cache> line = scope.find(openFileCache);
        OpenFileCacheSettings cache = null;
        if (line != null && line.value().max() > 0) {
            cache = new OpenFileCacheSettings(line.value().max(), line.value().inactiveSeconds() * 1000,
                    scope.get(openFileCacheValid) * 1000, scope.get(openFileCacheMinUses),
                    scope.get(openFileCacheErrors), line.value());
        }
        Symlinks symlinks = scope.get(disableSymlinks);
        @Nullable
        Template from = symlinks.from() == null ? null : link.template(symlinks.from());
        return new FileAccess(cache, symlinks.rule(), from);
    }

    private static Cache parseCache(Call call) throws ConfigException {
        int max = 0;
        long inactive = INACTIVE_SECONDS;
        boolean off = false;
        for (Word word : call.args()) {
            String text = word.text();
            boolean valid = true;
            if (text.startsWith("max=")) {
                max = number(text.substring(4));
                valid = max > 0;
            } else if (text.startsWith("inactive=")) {
                OptionalLong time = Times.seconds(text.substring(9));
                valid = time.isPresent();
                inactive = time.orElse(0);
            } else {
                off = text.equals("off");
                valid = off;
            }
            if (!valid) {
                throw call.error("invalid \"open_file_cache\" parameter \"%s\"", text);
            }
        }
        if (!off && max == 0) {
            throw call.error("\"open_file_cache\" must have the \"max\" parameter");
        }
        return new Cache(off ? 0 : max, inactive);
    }

    private static int number(String text) {
        try {
            return text.isEmpty() || text.charAt(0) == '+' ? -1 : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static Symlinks parseSymlinks(Call call) throws ConfigException {
        @Nullable
        SymlinkRule rule = null;
        @Nullable
        Word from = null;
        for (Word word : call.args()) {
            switch (word.text()) {
                case "off" -> rule = SymlinkRule.FOLLOW;
                case "on" -> rule = SymlinkRule.DENY;
                case "if_not_owner" -> rule = SymlinkRule.DENY_OTHER_OWNER;
                default -> {
                    if (!word.text().startsWith("from=")) {
                        throw call.invalidParameter(word);
                    }
                    from = new Word(word.text().substring(5), word.quoted(), word.at());
                }
            }
        }
        if (rule == null) {
            throw call.error("\"disable_symlinks\" must have \"off\", \"on\" or \"if_not_owner\" parameter");
        }
        if (call.args().size() == 2 && from == null) {
            throw call.error("duplicate parameters \"%s %s\"", call.text(0), call.text(1));
        }
        if (from != null && rule == SymlinkRule.FOLLOW) {
            throw call.error("\"from=\" cannot be used with \"off\" parameter");
        }
        return new Symlinks(rule, from);
    }
}
