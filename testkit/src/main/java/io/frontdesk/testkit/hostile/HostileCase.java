package io.frontdesk.testkit.hostile;

/**
 * One line of the corpus. The messages are still in its notation: see {@link Macros}.
 *
 * @param id what it is called
 * @param group what it is about
 * @param request what the client sends
 * @param answer what the backend answers after it; empty: an ordinary answer that tells the request
 * @param wanted what the proxy shall do
 * @param checks what else is looked at
 * @param reason why: mostly the place in the RFC
 */
public record HostileCase(String id, String group, String request, String answer, Wanted wanted, Checks checks,
        String reason) {
    private static final String ARROW = "==> ";

    static HostileCase parse(String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length != 6) {
            throw new IllegalArgumentException("not a line of six fields: " + line);
        }
        int arrow = fields[2].indexOf(ARROW);
        String request = arrow < 0 ? fields[2] : fields[2].substring(0, arrow).strip();
        String answer = arrow < 0 ? "" : fields[2].substring(arrow + ARROW.length());
        return new HostileCase(fields[0], fields[1],
                request.isEmpty() ? "GET {P} HTTP/1.1\\r\\nHost: target\\r\\n\\r\\n" : request, answer,
                Wanted.of(fields[3]), Checks.parse(fields[4]), fields[5]);
    }

    /** Whether it is the backend that is hostile: what follows on the client's connection waits for its answer. */
    public boolean isOfBackend() {
        return !answer.isEmpty() && group.startsWith("resp");
    }
}
