package io.frontdesk.codec.http1;

import io.frontdesk.codec.http1.Cuts.Pieces;
import java.util.StringJoiner;

/** Reads one request head out of a text, cut in every way, and renders what came of it. */
final class RequestReading {
    private RequestReading() {}

    static String read(String raw) {
        return read(raw, RequestLimits.DEFAULT);
    }

    /** "STATUS reason" of a refusal, "more", or the head. */
    static String read(String raw, RequestLimits limits) {
        return Cuts.outcome(raw, pieces -> feed(pieces, limits));
    }

    private static String feed(Pieces pieces, RequestLimits limits) {
        RequestReader reader = new RequestReader(limits);
        RequestHead head = new RequestHead();
        while (pieces.more()) {
            Result result = reader.read(pieces.current(), head);
            if (result == Result.REFUSED) {
                return reader.refusal().status() + " " + reader.refusal().reason();
            }
            if (result == Result.HEAD) {
                return render(head) + " rest=" + pieces.rest();
            }
        }
        return "more";
    }

    static String render(RequestHead head) {
        StringJoiner text = new StringJoiner(" ");
        text.add(head.methodString()).add(head.rawTarget()).add(head.path());
        text.add(head.hasQuery() ? "?" + head.query() : "-").add(head.protocol());
        text.add(head.host() + ":" + head.port());
        text.add(head.framing() == Framing.LENGTH ? "LENGTH=" + head.contentLength() : head.framing().name());
        text.add(head.keepsAlive() ? "keep" : "close");
        if (head.expectsContinue()) {
            text.add("expect");
        }
        if (head.isUpgrade()) {
            text.add("upgrade");
        }
        text.add("[" + head.fields().toString().replace("\n", "|") + "]");
        return text.toString();
    }
}
