package io.frontdesk.net.regex;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import org.jspecify.annotations.Nullable;

/** A pattern compiled by {@code java.util.regex}: where PCRE2 is not there. Allocates with each match. */
final class JdkRegex implements Regex {
    /** Looks at the subject in one match: some 10 ms. */
    static final int STEP_LIMIT = 2_000_000;

    private final String pattern;
    private final boolean caseless;
    private final Pattern compiled;
    private final int groupCount;
    private final Map<String, Integer> names;

    private JdkRegex(String pattern, boolean caseless, Pattern compiled, Translator.Translation translation) {
        this.pattern = pattern;
        this.caseless = caseless;
        this.compiled = compiled;
        groupCount = translation.groups();
        names = Collections.unmodifiableMap(translation.names());
    }

    static JdkRegex compile(String pattern, boolean caseless) throws RegexException {
        Translator.Translation translation = Translator.translate(pattern, caseless);
        try {
            Pattern compiled = Pattern.compile(translation.java(), Pattern.UNIX_LINES);
            return new JdkRegex(pattern, caseless, compiled, translation);
        } catch (PatternSyntaxException e) {
            throw new RegexException(pattern, "java.util.regex: " + e.getDescription(), pattern.length());
        } catch (StackOverflowError e) {
            throw new RegexException(pattern, "regular expression is too complicated", pattern.length());
        }
    }

    @Override
    public boolean matches(byte[] subject, int offset, int length, @Nullable Captures out) {
        Matcher matcher = compiled.matcher(new MeteredText(subject, offset, length, STEP_LIMIT));
        try {
            if (!matcher.find()) {
                return false;
            }
        } catch (MeteredText.LimitReached e) {
            throw new RegexLimitException(Pcre2.MATCH_LIMIT, "match limit exceeded", pattern);
        } catch (StackOverflowError e) {
            // The engine recurses for each repetition of a group; nothing of ours is half done.
            throw new RegexLimitException(Pcre2.DEPTH_LIMIT, "matching depth limit exceeded", pattern);
        }
        if (out != null) {
            out.resize(groupCount + 1);
            for (int group = 0; group <= groupCount; group++) {
                out.set(group, matcher.start(group), matcher.end(group));
            }
        }
        return true;
    }

    @Override
    public boolean matches(String subject, @Nullable Captures out) {
        byte[] bytes = subject.getBytes(StandardCharsets.ISO_8859_1);
        return matches(bytes, 0, bytes.length, out);
    }

    @Override
    public int groupCount() {
        return groupCount;
    }

    @Override
    public Map<String, Integer> names() {
        return names;
    }

    @Override
    public String pattern() {
        return pattern;
    }

    @Override
    public boolean isCaseless() {
        return caseless;
    }

    @Override
    public String toString() {
        return (caseless ? "~* " : "~ ") + pattern;
    }
}
