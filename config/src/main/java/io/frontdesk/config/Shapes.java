package io.frontdesk.config;

import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The usual shapes, with nginx's wording of their errors. Stateless; any thread. */
public final class Shapes {

    private record Parsed<T>(String syntax, int minArgs, int maxArgs, Parser<T> parser, Function<T, String> formatter)
            implements
                Shape<T> {

        @Override
        public T parse(Call call) throws ConfigException {
            return parser.parse(call);
        }

        @Override
        public String format(T value) {
            return formatter.apply(value);
        }
    }

    private Shapes() {}

    /** {@code on} or {@code off}, in any case. */
    public static Shape<Boolean> flag() {
        return one("on | off", call -> {
            if (call.text(0).equalsIgnoreCase("on")) {
                return true;
            }
            if (call.text(0).equalsIgnoreCase("off")) {
                return false;
            }
            throw call.error("invalid value \"%s\" in \"%s\" directive, it must be \"on\" or \"off\"", call.text(0),
                    call.directive().name());
        }, on -> on ? "on" : "off");
    }

    /** A number from 0 on; one past the range of int is taken as the greatest int. */
    public static Shape<Integer> number() {
        return one("number", call -> (int) Math.min(readNumber(call), Integer.MAX_VALUE), String::valueOf);
    }

    /** A number of at least {@code min}; one past the range of int is taken as the greatest int. */
    public static Shape<Integer> integer(int min) {
        return one("number", call -> {
            long value = readNumber(call);
            if (value < min) {
                throw call.error("value must be equal to or greater than %d", min);
            }
            return (int) Math.min(value, Integer.MAX_VALUE);
        }, String::valueOf);
    }

    /** A number from {@code min} to {@code max}. */
    public static Shape<Integer> integer(int min, int max) {
        return one("number", call -> {
            long value = readNumber(call);
            if (value < min || value > max) {
                throw call.error("value must be between %d and %d", min, max);
            }
            return (int) value;
        }, String::valueOf);
    }

    /** A size in bytes, with k or m. */
    public static Shape<Long> size() {
        return one("size", call -> valid(Sizes.size(call.text(0)), call), Sizes::format);
    }

    /** A size in bytes, with k, m or g. */
    public static Shape<Long> offset() {
        return one("size", call -> valid(Sizes.offset(call.text(0)), call), Sizes::format);
    }

    /** A time in milliseconds; a bare number is seconds. */
    public static Shape<Long> millis() {
        return one("time", call -> valid(Times.millis(call.text(0)), call), Times::formatMillis);
    }

    /** A time in seconds. */
    public static Shape<Long> seconds() {
        return one("time", call -> valid(Times.seconds(call.text(0)), call), Times::formatSeconds);
    }

    /** Any one word. */
    public static Shape<String> text() {
        return text("string");
    }

    /** Any one word, which the syntax line calls so. */
    public static Shape<String> text(String syntax) {
        return one(syntax, call -> call.text(0), Function.identity());
    }

    /** That many words; {@link Integer#MAX_VALUE} for any number. */
    public static Shape<List<Word>> words(int min, int max) {
        return words(min == 0 ? "[string ...]" : "string ...", min, max);
    }

    /** That many words, which the syntax line calls so. */
    public static Shape<List<Word>> words(String syntax, int min, int max) {
        return of(syntax, min, max, Call::args,
                words -> words.stream().map(Word::text).collect(Collectors.joining(" ")));
    }

    /** One of an enum's constants, written in lower case; any case is taken. */
    public static <E extends Enum<E>> Shape<E> choice(Class<E> type) {
        return choice(names(type));
    }

    /** One of these names, in any case. */
    public static <T> Shape<T> choice(Map<String, T> values) {
        var choices = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        return one(String.join(" | ", choices.keySet()), call -> choose(choices, call.args().getFirst(), call),
                value -> nameIn(choices, value));
    }

    /** Any of an enum's constants, written in lower case; a second line is joined: {@link #union}. */
    public static <E extends Enum<E>> Shape<Set<E>> flags(Class<E> type) {
        return flags(type, names(type));
    }

    /** Any of these names. */
    public static <E extends Enum<E>> Shape<Set<E>> flags(Class<E> type, Map<String, E> values) {
        var choices = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        return of(String.join(" | ", choices.keySet()) + " ...", 1, Integer.MAX_VALUE, call -> {
            var set = EnumSet.noneOf(type);
            for (Word word : call.args()) {
                if (!set.add(choose(choices, word, call))) {
                    call.warn("duplicate value \"%s\"", word.text());
                }
            }
            return Collections.unmodifiableSet(set);
        }, set -> set.stream().map(value -> nameIn(choices, value)).collect(Collectors.joining(" ")));
    }

    /** Both sets in one, for {@link Declaration#joins} of {@link #flags}. */
    public static <E extends Enum<E>> Set<E> union(Set<E> first, Set<E> second) {
        var both = EnumSet.copyOf(first);
        both.addAll(second);
        return Collections.unmodifiableSet(both);
    }

    /** A number of buffers and their size. */
    public static Shape<Buffers> bufs() {
        return of("number size", 2, 2, call -> {
            long count = valid(Numbers.parse(call.text(0)), call);
            long size = valid(Sizes.size(call.text(1)), call);
            if (count == 0 || count > Integer.MAX_VALUE || size == 0 || size > Integer.MAX_VALUE) {
                throw call.directiveError("invalid value");
            }
            return new Buffers((int) count, (int) size);
        }, buffers -> buffers.count() + " " + Sizes.format(buffers.size()));
    }

    /** No arguments: a block, or a line that says all by being there. The value is true. */
    public static Shape<Boolean> block() {
        return of("", 0, 0, call -> true, value -> "");
    }

    /** Whatever the parser reads. */
    public static <T> Shape<T> of(String syntax, int minArgs, int maxArgs, Parser<T> parser) {
        return of(syntax, minArgs, maxArgs, parser, String::valueOf);
    }

    /** Whatever the parser reads, with the way back for the manual. */
    public static <T> Shape<T> of(String syntax, int minArgs, int maxArgs, Parser<T> parser,
            Function<T, String> formatter) {
        return new Parsed<>(syntax, minArgs, maxArgs, parser, formatter);
    }

    private static <T> Shape<T> one(String syntax, Parser<T> parser, Function<T, String> formatter) {
        return of(syntax, 1, 1, parser, formatter);
    }

    private static long readNumber(Call call) throws ConfigException {
        return Numbers.parse(call.text(0)).orElseThrow(() -> call.directiveError("invalid number"));
    }

    private static long valid(OptionalLong value, Call call) throws ConfigException {
        return value.orElseThrow(() -> call.directiveError("invalid value"));
    }

    private static <T> T choose(Map<String, T> choices, Word word, Call call) throws ConfigException {
        for (var choice : choices.entrySet()) {
            if (choice.getKey().equalsIgnoreCase(word.text())) {
                return choice.getValue();
            }
        }
        throw call.invalidValue(word);
    }

    private static <T> String nameIn(Map<String, T> choices, T value) {
        return choices.entrySet().stream().filter(choice -> choice.getValue().equals(value)).map(Map.Entry::getKey)
                .findFirst().orElseGet(() -> String.valueOf(value));
    }

    private static <E extends Enum<E>> Map<String, E> names(Class<E> type) {
        var names = new LinkedHashMap<String, E>();
        for (E constant : type.getEnumConstants()) {
            names.put(constant.name().toLowerCase(Locale.ROOT), constant);
        }
        return names;
    }
}
