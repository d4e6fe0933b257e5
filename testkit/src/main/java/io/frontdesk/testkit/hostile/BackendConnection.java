package io.frontdesk.testkit.hostile;

import io.frontdesk.net.ControlPlane;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One connection to the backend. It reads as strictly as the RFC allows, and never beyond a message whose end is doubtful. */
@ControlPlane("the virtual thread of the connection")
final class BackendConnection implements Runnable {
    private final ScriptedBackend backend;
    private final Socket socket;
    private final StringBuilder unread = new StringBuilder();
    private final byte[] buffer = new byte[65536];

    BackendConnection(ScriptedBackend backend, Socket socket) {
        this.backend = backend;
        this.socket = socket;
    }

    @Override
    public void run() {
        try (socket) {
            socket.setTcpNoDelay(true);
            while (serveOne()) {
                // the next one
            }
        } catch (IOException e) {
            // The other side has ended it: what came until then is recorded.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean serveOne() throws IOException, InterruptedException {
        SeenRequest request = readHead();
        ScriptedBackend.Script script = backend.scriptFor(request);
        backend.record(request);
        if (script != null && script.isEarly()) {
            play(script);
        }
        if (request.hasAmbiguousFraming()) {
            request.raw.append(unread);
            send("HTTP/1.1 400 Backend-Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            return false;
        }
        readBody(request);
        if (request.flaws.contains(Flaws.CHUNK)) {
            return false;
        }
        request.isComplete = true;
        if (script != null) {
            return script.isEarly() || play(script);
        }
        send(request.ordinaryAnswer());
        List<String> options = request.fields.of("connection");
        return !request.isOld && options.stream().noneMatch(option -> option.contains("close"));
    }

    private SeenRequest readHead() throws IOException {
        int end = unread.indexOf("\r\n\r\n");
        while (end < 0) {
            try {
                readMore();
            } catch (IOException e) {
                if (!unread.isEmpty()) {
                    backend.record(SeenRequest.cutShort(unread.toString()));
                }
                throw e;
            }
            end = unread.indexOf("\r\n\r\n");
        }
        return new SeenRequest(take(end + 4));
    }

    private void readBody(SeenRequest request) throws IOException {
        try {
            if (request.fields.has("transfer-encoding")) {
                Chunks chunks = Chunks.read(unread, 0, request.flaws);
                while (chunks == null) {
                    readMore();
                    chunks = Chunks.read(unread, 0, request.flaws);
                }
                request.body = chunks.body();
                request.raw.append(take(chunks.end()));
            } else if (request.fields.has("content-length")) {
                long length = Long.parseLong(request.fields.of("content-length").getFirst());
                while (unread.length() < length) {
                    readMore();
                }
                request.body = take((int) length);
                request.raw.append(request.body);
            }
        } catch (IOException e) {
            request.body = unread.toString();
            request.raw.append(unread);
            throw e;
        }
    }

    private String take(int length) {
        String taken = unread.substring(0, length);
        unread.delete(0, length);
        return taken;
    }

    private void readMore() throws IOException {
        int n = socket.getInputStream().read(buffer);
        if (n < 0) {
            throw new EOFException();
        }
        unread.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
    }

    private void send(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Plays a script; false when it ended the connection. */
    private boolean play(ScriptedBackend.Script script) throws IOException, InterruptedException {
        try {
            for (Step step : script.steps()) {
                switch (step) {
                    case Step.Send(String bytes) -> send(bytes);
                    case Step.Pause(long millis) -> Thread.sleep(millis);
                    case Step.AnswerEarly() -> {
                        // It is how the script is played, and not a part of it.
                    }
                    case Step.Finish() -> socket.shutdownOutput();
                    case Step.Close() -> {
                        socket.shutdownOutput();
                        return false;
                    }
                    case Step.Reset() -> {
                        socket.setSoLinger(true, 0);
                        return false;
                    }
                }
            }
            return true;
        } finally {
            script.played().countDown();
        }
    }
}
