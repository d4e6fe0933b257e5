package io.frontdesk.engine.file;

import io.frontdesk.config.Call;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Numbers;
import io.frontdesk.config.Shape;
import io.frontdesk.config.Shapes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a {@code *_temp_path} line says: a folder, and how many digits name each level of folders below it. Immutable. */
public record TempPath(String path, List<Integer> levels) {
    /** nginx: the name of a file has ten digits to take levels from. */
    private static final int MAX_DIGITS = 10;

    /** The shape of such a line. */
    public static Shape<TempPath> shape() {
        return Shapes.of("path [level1 [level2 [level3]]]", 1, 4, TempPath::parse, TempPath::format);
    }

    private static TempPath parse(Call call) throws ConfigException {
        List<Integer> levels = new ArrayList<>();
        long digits = 0;
        for (int i = 1; i < call.args().size(); i++) {
            long level = Numbers.parse(call.text(i)).orElse(0);
            digits += level;
            if (level == 0 || digits > MAX_DIGITS) {
                throw call.directiveError("invalid value");
            }
            levels.add((int) level);
        }
        String path = call.text(0);
        return new TempPath(path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path,
                List.copyOf(levels));
    }

    // Written out: what a record gets by itself is made at run time, and each start would wait (docs/adr/0014).

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TempPath temp && temp.path.equals(path) && temp.levels.equals(levels);
    }

    @Override
    public int hashCode() {
        return path.hashCode() * 31 + levels.hashCode();
    }

    private static String format(TempPath value) {
        return value.path + value.levels.stream().map(level -> " " + level).collect(Collectors.joining());
    }
}
