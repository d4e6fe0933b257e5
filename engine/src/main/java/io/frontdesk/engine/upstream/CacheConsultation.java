package io.frontdesk.engine.upstream;

import io.frontdesk.engine.cache.CacheLookup;
import io.frontdesk.engine.cache.CacheSettings;
import io.frontdesk.engine.cache.KeptFile;
import io.frontdesk.engine.fault.NextCondition;
import io.frontdesk.engine.file.FileBody;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Outcome;
import io.frontdesk.engine.request.Subrequest;
import io.frontdesk.engine.trace.Trace;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * What a cache has to do with an exchange with an upstream: it answers before anybody is asked, or instead of a bad answer, or keeps a good
 * one. Owned by its upstream exchange and reused; loop only.
 */
final class CacheConsultation {
    private final UpstreamExchange owner;
    private final UpstreamCodec codec;
    private @Nullable CacheLookup lookup;

    CacheConsultation(UpstreamExchange owner, UpstreamCodec codec) {
        this.owner = owner;
        this.codec = codec;
    }

    /** What the cache has for the request, or null when none is asked. */
    @Nullable
    CacheLookup lookup() {
        return lookup;
    }

    /** The preparation: whether the request is answered without the upstream, or has to wait. */
    boolean answers() {
        CacheSettings cache = owner.settings().cache;
        if (cache == null || owner.isProbe()) {
            return false;
        }
        Exchange ex = owner.exchange();
        try {
            Trace trace = ex.trace();
            if (cache.purges(ex)) {
                answerPurge(ex, trace == null ? cache.purge(ex, codec) : cache.explainPurge(ex, codec, trace));
                return true;
            }
            lookup = cache.lookUp(ex, codec, this::lookAgain);
            if (trace != null) {
                cache.explain(lookup, ex, trace);
                return false;
            }
        } catch (CacheSettings.UnknownZone e) {
            owner.finish(500);
            return true;
        }
        CacheLookup found = lookup;
        return found != null && heeds(found, found.find(ex));
    }

    private void answerPurge(Exchange ex, int status) {
        if (status != 204) {
            owner.finish(status);
            return;
        }
        owner.answersByItself();
        ex.response().status(status);
        ex.responder().answer(null);
    }

    private boolean heeds(CacheLookup found, CacheLookup.Verdict verdict) {
        switch (verdict) {
            case ASKS -> {
                return false;
            }
            case WAITS -> {
                return true;
            }
            case FAILS -> owner.finish(found.error());
            case ANSWERS -> serve(found);
            case ANSWERS_AND_RENEWS -> {
                if (Subrequest.again(owner.exchange(), found.handOver())) {
                    serve(found);
                } else {
                    owner.finish(500);
                }
            }
        }
        return true;
    }

    /** The look-up has waited long enough. */
    private void lookAgain() {
        CacheLookup found = lookup;
        if (found == null || owner.state() != UpstreamState.READING_BODY) {
            return;
        }
        try {
            if (!heeds(found, found.find(owner.exchange()))) {
                owner.cacheHasNothing();
            }
        } catch (RuntimeException e) {
            owner.bug(e);
        }
    }

    /** The intake: whether what is kept answers instead of what has come. */
    boolean answersInstead(ByteBuf in) {
        CacheLookup found = lookup;
        if (found == null) {
            return false;
        }
        if (found.revalidates(codec)) {
            owner.endUpstream(in);
        } else if (found.servesStale(NextCondition.ofStatus(codec.status()), false)) {
            owner.stop();
        } else {
            return false;
        }
        serve(found);
        return true;
    }

    /** The exchange: whether what is kept answers for want of an answer. */
    boolean answersFailure(@Nullable NextCondition condition) {
        CacheLookup found = lookup;
        if (found == null || !found.servesStale(condition, true)) {
            return false;
        }
        owner.stop();
        serve(found);
        return true;
    }

    /** The answer is an error page of this status. */
    void failed(int status, boolean hasHead) {
        CacheLookup found = lookup;
        if (found != null) {
            found.failed(status, hasHead ? codec.fields() : null);
        }
    }

    private void serve(CacheLookup found) {
        Exchange ex = owner.exchange();
        KeptFile kept = found.kept();
        UpstreamHead head = kept.head();
        UpstreamSettings settings = owner.settings();
        owner.answersByItself();
        Outcome jump = ResponseFields.accelRedirect(ex, head, settings);
        if (jump != null) {
            owner.answer(jump);
            return;
        }
        ResponseFields.pass(ex, head, settings, owner.protocol());
        ResponseFields.judgeHere(ex, head, true);
        FileBody.send(ex, kept.retainFile(), kept.bodyOffset(), kept.bodyLength());
    }

    /** The client is gone before an answer came: whether that is waited for all the same. */
    boolean outlivesClient() {
        CacheLookup found = lookup;
        return found != null && found.outlives(owner.exchange());
    }

    /** Whether the answer may be kept, should one come. */
    boolean mayKeep() {
        CacheLookup found = lookup;
        return found != null && found.keeps();
    }

    /** A head has come that answers nobody any more: who gets a copy of the body. */
    @Nullable
    ResponseCopy keepOrphan() {
        CacheLookup found = lookup;
        if (found == null || found.revalidates(codec)) {
            return null;
        }
        return found.keep(null, codec);
    }

    void clear() {
        CacheLookup found = lookup;
        if (found != null) {
            lookup = null;
            found.close();
        }
    }
}
