package io.frontdesk.app.effective;

import io.frontdesk.app.command.Ink;
import io.frontdesk.app.effective.InForce.Origin;
import io.frontdesk.config.Position;
import io.frontdesk.engine.plan.LocationPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The form for people. One answer; a byte string. */
final class EffectiveText {
    private final Ink ink;
    private final String folder;
    private final StringBuilder out = new StringBuilder();

    /** {@code folder}: places in files below it are shown relative to it. */
    private EffectiveText(Ink ink, String folder) {
        this.ink = ink;
        this.folder = folder;
    }

    static String of(List<Block> blocks, Ink ink, String folder) {
        EffectiveText text = new EffectiveText(ink, folder);
        blocks.forEach(text::block);
        return text.out.toString();
    }

    private void block(Block block) {
        if (!out.isEmpty()) {
            out.append('\n');
        }
        String name = block.server().name();
        out.append(ink.strong("server ")).append(ink.name(name.isEmpty() ? "\"\"" : name));
        place(block.server().at());
        LocationPlan location = block.location();
        if (location != null) {
            out.append(ink.strong("location ")).append(ink.name(location.pattern().toString()));
            place(location.at());
        }
        part("Set here", block.lines(), Origin.HERE);
        part("Inherited", block.lines(), Origin.INHERITED);
        part("Defaults", block.lines(), Origin.DEFAULT);
    }

    private void part(String title, List<InForce> all, Origin origin) {
        List<InForce> lines = all.stream().filter(line -> line.origin() == origin).toList();
        if (lines.isEmpty()) {
            return;
        }
        out.append('\n').append(ink.strong(title)).append('\n');
        for (InForce line : lines) {
            out.append("  ").append(origin == Origin.DEFAULT ? ink.dim(line.line()) : line.line());
            if (origin == Origin.INHERITED) {
                out.append("  ").append(ink.dim("from " + line.from()));
            }
            place(line.at());
            for (InForce.Shadowed shadowed : line.shadowed()) {
                out.append("    ").append(ink.bad("shadows ")).append(line.name()).append(' ').append(shadowed.value())
                        .append(';');
                place(shadowed.at());
            }
        }
    }

    private void place(@Nullable Position at) {
        if (at != null) {
            String text = at.toString();
            out.append("  ").append(ink.dim("[" + (text.startsWith(folder) ? text.substring(folder.length()) : text)
                    + "]"));
        }
        out.append('\n');
    }
}
