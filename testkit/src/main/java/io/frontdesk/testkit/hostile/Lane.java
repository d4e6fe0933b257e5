package io.frontdesk.testkit.hostile;

import io.frontdesk.net.ControlPlane;
import io.frontdesk.testkit.RawClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Plays cases through a proxy to a backend of its own, one after the other: so whoever asks next meets what the case before has left
 * behind. Several lanes run at the same time. Nothing is judged before the proxy has ended, as only then nothing can reach the backend
 * any more.
 */
@ControlPlane("a thread of a test")
public final class Lane implements AutoCloseable {
    private final ScriptedBackend backend = new ScriptedBackend();
    private final List<Transcript> transcripts = new ArrayList<>();
    private final int number;

    /** A lane; the number tells its messages from those of others. */
    public Lane(int number) {
        this.number = number;
    }

    /** The port of the backend. */
    public int backendPort() {
        return backend.port();
    }

    /** Plays one case through the proxy at a port. */
    public void play(HostileCase hostile, int port) throws InterruptedException {
        String nonce = "n%03d%06d".formatted(number, transcripts.size());
        int from = backend.count();
        List<Step> steps = new ArrayList<>(Macros.expand(hostile.request(), nonce));
        boolean isHead = steps.getFirst() instanceof Step.Send(String bytes) && bytes.startsWith("HEAD ");
        ScriptedBackend.Script script = hostile.answer().isEmpty()
                ? null
                : backend.script(nonce, Macros.expand(hostile.answer(), nonce));
        List<String> strangers = new ArrayList<>();
        int before = 0;
        try (HostileClient client = new HostileClient(port)) {
            if (script != null && hostile.isOfBackend()) {
                Thread writer = client.begin(steps);
                client.readUntil(received -> hasWholeAnswer(received, isHead));
                writer.join(RawClient.DEADLINE);
                // Until the last of the unasked bytes is on its way.
                script.played().await(RawClient.DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
                before = client.received().length();
                if (!client.ended()) {
                    client.begin(List.of(followUp("f", nonce)));
                    client.readUntil(received -> received.contains("f:" + nonce));
                }
                strangers.add(askAsStranger(nonce, port));
                strangers.add(askAsStranger(nonce, port));
            } else {
                if (steps.stream().noneMatch(Step.Finish.class::isInstance)) {
                    steps.add(followUp("f", nonce));
                }
                client.begin(steps);
                client.readUntil(received -> received.contains("f:" + nonce));
            }
            transcripts.add(new Transcript(hostile, nonce, isHead, client.received(), before, client.ended(), strangers,
                    from));
        }
    }

    private static boolean hasWholeAnswer(String received, boolean isHead) {
        List<SeenAnswer> answers = SeenAnswer.readAll(received, isHead, false);
        return !answers.isEmpty() && !answers.getLast().isInterim() && answers.getLast().isComplete();
    }

    private static Step followUp(String kind, String nonce) {
        return new Step.Send("GET /" + kind + "/" + nonce + " HTTP/1.1\r\nHost: target\r\nConnection: close\r\n\r\n");
    }

    private static String askAsStranger(String nonce, int port) {
        try (HostileClient stranger = new HostileClient(port)) {
            stranger.begin(List.of(followUp("g", nonce)));
            stranger.readUntil(received -> received.contains("g:" + nonce));
            return stranger.received();
        }
    }

    /** Judges all that was played, once the proxy has ended: what deviates, by the case's id; nothing: an empty list. */
    public Map<String, List<String>> judge() throws InterruptedException {
        backend.awaitEnd(RawClient.DEADLINE.toMillis());
        List<SeenRequest> requests = backend.requests();
        Map<String, List<String>> verdicts = new LinkedHashMap<>();
        for (int i = 0; i < transcripts.size(); i++) {
            Transcript transcript = transcripts.get(i);
            int to = i + 1 < transcripts.size() ? transcripts.get(i + 1).from() : requests.size();
            List<SeenRequest> seen = new ArrayList<>();
            for (int at = 0; at < requests.size(); at++) {
                String nonce = requests.get(at).nonce;
                // What bears no nonce any more is taken for the case that was played when it came.
                boolean isOurs = nonce.isEmpty()
                        ? at >= transcript.from() && at < to
                        : nonce.equals(transcript.nonce());
                if (isOurs) {
                    seen.add(requests.get(at));
                }
            }
            verdicts.put(transcript.played().id(), new Verdict(transcript, seen).deviations());
        }
        return verdicts;
    }

    @Override
    public void close() {
        backend.close();
    }
}
