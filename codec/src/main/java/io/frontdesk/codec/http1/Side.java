package io.frontdesk.codec.http1;

/** Who sends a message that is read: says the wording and the status of a refusal. */
public enum Side {
    /** A client's request. */
    CLIENT("client", 400, ""),
    /** An upstream's response. */
    UPSTREAM("upstream", 502, " while reading upstream");

    final String name;
    final int status;
    private final String doing;

    Side(String name, int status, String doing) {
        this.name = name;
        this.status = status;
        this.doing = doing;
    }

    Refusal refusal(String what) {
        return new Refusal(status, name + what + doing);
    }
}
