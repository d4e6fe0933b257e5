package io.frontdesk.engine.log;

import io.frontdesk.config.Errno;
import io.frontdesk.config.FileNames;
import io.frontdesk.net.ControlPlane;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The log files that are open in the process, each once, whichever configuration opened it. Any thread. */
@ControlPlane("configuration and the log thread open and close files")
public final class LogFiles {
    private static final LogFiles PROCESS = new LogFiles();

    private final Map<String, LogFile> open = new HashMap<>();

    private LogFiles() {}

    /** The ones of this process. */
    public static LogFiles process() {
        return PROCESS;
    }

    /**
     * Opens a file for appending, or counts one more user of it.
     *
     * @throws IOException with nginx's wording
     */
    public synchronized LogFile open(String path) throws IOException {
        LogFile file = open.get(path);
        if (file == null) {
            file = new LogFile(path);
            file.reopen();
            open.put(path, file);
        }
        file.users++;
        return file;
    }

    /** Counts one user less; the last one closes it. */
    public synchronized void close(LogFile file) {
        if (--file.users == 0) {
            open.remove(file.path);
            file.shut();
        }
    }

    /** Opens all anew after a rotation; messages of those that could not be opened. */
    public List<String> reopenAll() {
        LogWriter.process().flush();
        List<LogFile> all;
        synchronized (this) {
            all = new ArrayList<>(open.values());
        }
        List<String> failures = new ArrayList<>();
        for (LogFile file : all) {
            try {
                synchronized (file) {
                    file.reopen();
                }
            } catch (IOException e) {
                failures.add(String.valueOf(e.getMessage()));
            }
        }
        return failures;
    }

    /** One open log file. */
    public static final class LogFile implements LogTarget {
        private final String path;
        private FileChannel channel;
        private int users;

        @SuppressWarnings("NullAway.Init")
        private LogFile(String path) {
            this.path = path;
        }

        /** Its path, a byte string. */
        public String path() {
            return path;
        }

        @Override
        public void reopen() throws IOException {
            FileChannel opened;
            try {
                opened = FileChannel.open(FileNames.toPath(path), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new IOException("open() \"" + path + "\" failed " + Errno.text(e), e);
            }
            FileChannel before = channel;
            channel = opened;
            if (before != null) {
                before.close();
            }
        }

        @Override
        public void write(byte[] lines, int offset, int length) throws IOException {
            if (channel.isOpen()) {
                writeTo(channel, ByteBuffer.wrap(lines, offset, length));
                return;
            }
            // A line of a configuration that is gone: none is lost.
            try (FileChannel late = FileChannel.open(FileNames.toPath(path), StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND)) {
                writeTo(late, ByteBuffer.wrap(lines, offset, length));
            }
        }

        private static void writeTo(FileChannel to, ByteBuffer buffer) throws IOException {
            while (buffer.hasRemaining()) {
                to.write(buffer);
            }
        }

        private void shut() {
            try {
                channel.close();
            } catch (IOException e) {
                System.err.println("nginx: [alert] close() \"" + path + "\" failed: " + e.getMessage());
            }
        }
    }
}
