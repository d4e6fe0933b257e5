package io.frontdesk.app.command;

import java.util.Iterator;
import java.util.List;

/** Takes the words of a command one by one, options and their values. Main thread. */
public final class Words {
    private final Iterator<String> words;

    /** Of these words. */
    public Words(List<String> words) {
        this.words = words.iterator();
    }

    /** Whether there is another. */
    public boolean hasNext() {
        return words.hasNext();
    }

    /** The next word. */
    public String next() {
        return words.next();
    }

    /** The value of an option. */
    public String value(String option) throws UsageException {
        if (!words.hasNext()) {
            throw new UsageException("\"" + option + "\" needs a value");
        }
        return words.next();
    }
}
