package io.frontdesk.e2e.limits;

import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Shapes.choice;

import io.frontdesk.config.Directive;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.plan.HttpPlan;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Handler;
import io.frontdesk.engine.request.Outcome;
import io.frontdesk.engine.request.Phase;
import io.frontdesk.engine.request.RequestBody;
import io.frontdesk.engine.response.Filter;
import io.frontdesk.engine.response.FilterStage;
import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCounted;
import org.jspecify.annotations.Nullable;

/** A feature that is broken, or slow, in the place that {@code fault} names. */
final class FaultModule extends HttpModule {
    /** Where. */
    enum Place {
        /** The content handler throws. */
        HANDLER,
        /** It throws when a part of the answer is out. */
        ANSWER,
        /** It throws when the request's body has been read. */
        BODY,
        /** It throws when it is resumed, which nothing but a task of the loop does. */
        TASK,
        /** A filter throws. */
        FILTER,
        /** A handler of the LOG phase throws. */
        LOG,
        /** It does not return before {@link FaultModule#release}. */
        BLOCK,
        /** It throws an error, and no exception. */
        ERROR
    }

    private final Directive<Place> fault = directive("fault", choice(Place.class)).in(LOCATION).local()
            .doc("Where it breaks.");
    private volatile boolean released;

    FaultModule() {
        super("fault");
    }

    /** Lets a blocked handler return. */
    void release() {
        released = true;
    }

    @Override
    public void compile(Scope scope, HttpPlan plan, Link link) {
        Setting<Place> line = scope.find(fault);
        if (line == null) {
            return;
        }
        switch (line.value()) {
            case LOG -> plan.on(Phase.LOG, ex -> {
                throw new IllegalStateException("injected");
            });
            case FILTER -> plan.filter(FilterStage.HEADERS, new BrokenFilter());
            default -> plan.content(new Broken(line.value()));
        }
    }

    private final class Broken implements Handler {
        private final Place place;

        Broken(Place place) {
            this.place = place;
        }

        @Override
        public Outcome handle(Exchange ex) {
            switch (place) {
                case ANSWER -> {
                    ex.response().status(200);
                    ex.response().contentLength(100);
                    ex.responder().sendHead();
                    ByteBuf part = ex.worker().allocator().buffer(16).writeBytes(new byte[10]);
                    ex.responder().takeBody(part, false);
                    ex.stream().flush();
                }
                case BODY -> {
                    ex.body().readWhole(new RequestBody.Whole() {
                        @Override
                        public void bodyReady() {
                            throw new IllegalStateException("injected");
                        }

                        @Override
                        public void bodyFailed(int status) {}
                    });
                    return Outcome.WAIT;
                }
                case TASK -> {
                    // a jump to nowhere
                    ex.worker().loop().execute(() -> ex.resume(Outcome.JUMP));
                    return Outcome.WAIT;
                }
                case BLOCK -> {
                    while (!released) {
                        Thread.onSpinWait();
                    }
                    return ex.finish(204);
                }
                case ERROR -> throw new AssertionError("injected");
                default -> {
                }
            }
            throw new IllegalStateException("injected");
        }
    }

    private static final class BrokenFilter extends Filter {
        @Override
        public boolean head(Exchange exchange, int index) {
            return true;
        }

        @Override
        public void body(Exchange exchange, int index, @Nullable ReferenceCounted chunk, boolean last) {
            if (chunk != null) {
                chunk.release();
            }
            throw new IllegalStateException("injected");
        }
    }
}
