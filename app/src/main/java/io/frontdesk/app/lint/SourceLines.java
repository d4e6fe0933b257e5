package io.frontdesk.app.lint;

import io.frontdesk.app.command.Json;
import io.frontdesk.config.Finding;
import io.frontdesk.config.Position;
import io.frontdesk.config.Source;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The lines of a configuration's files. One thread. */
final class SourceLines {
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, String[]> lines = new HashMap<>();

    SourceLines(List<Source> sources) {
        sources.forEach(source -> texts.put(source.file(), source.text()));
    }

    /** The line of a place, a byte string without its end. */
    String line(Position at) {
        String[] all = lines.computeIfAbsent(at.file(), file -> texts.getOrDefault(file, "").split("\n", -1));
        if (at.line() < 1 || at.line() > all.length) {
            return "";
        }
        String line = all[at.line() - 1];
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    /** How many bytes of its line a finding is about: the rest of the line at most. */
    int length(Finding finding) {
        int left = line(finding.at()).length() - (finding.at().column() - 1);
        return Math.max(1, Math.min(finding.length(), left));
    }

    /** The column in characters, from 1. */
    int column(Finding finding) {
        return characters(finding, finding.at().column() - 1) + 1;
    }

    /** The column behind it, in characters. */
    int endColumn(Finding finding) {
        return characters(finding, finding.at().column() - 1 + length(finding)) + 1;
    }

    private int characters(Finding finding, int bytes) {
        String line = line(finding.at());
        return bytes > line.length()
                ? bytes
                : Json.unicode(line).length() == line.length()
                        ? bytes
                        : Json.unicode(line.substring(0, bytes)).length();
    }
}
