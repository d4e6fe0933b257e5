package io.frontdesk.modules.emptygif;

import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Shapes.block;

import io.frontdesk.codec.http.Method;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Scope;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.plan.HttpPlan;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Outcome;
import io.frontdesk.engine.request.Response;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;

/** {@code empty_gif}: a transparent image of one pixel. */
public final class EmptyGifModule extends HttpModule {
    private static final byte[] GIF = HexFormat.of().parseHex("47494638396101000100800100000000ffffff"
            + "21f90401000001002c000000000100010000" + "02024c01003b");
    /** nginx gives it its own birthday, so that caches keep it. */
    private static final long LAST_MODIFIED_SECONDS = 23349600;

    private final Directive<Boolean> emptyGif = directive("empty_gif", block()).in(LOCATION).local()
            .doc("Answers with a transparent image of one pixel, from memory.");

    /** The module; one object per process. */
    public EmptyGifModule() {
        super("empty_gif");
    }

    @Override
    public void compile(Scope scope, HttpPlan plan, Link link) {
        if (scope.find(emptyGif) != null) {
            plan.content(EmptyGifModule::answer);
        }
    }

    private static Outcome answer(Exchange ex) {
        if (ex.method() != Method.GET && ex.method() != Method.HEAD) {
            return ex.finish(405);
        }
        Response response = ex.response();
        response.status(200);
        response.contentType("image/gif");
        response.contentLength(GIF.length);
        response.lastModifiedSeconds(LAST_MODIFIED_SECONDS);
        ex.responder().answer(Unpooled.wrappedBuffer(GIF));
        return Outcome.ANSWERED;
    }
}
