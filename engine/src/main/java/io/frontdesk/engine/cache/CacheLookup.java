package io.frontdesk.engine.cache;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.fault.NextCondition;
import io.frontdesk.engine.request.AtEnd;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.upstream.IgnoredHeader;
import io.frontdesk.engine.upstream.ResponseCopy;
import io.frontdesk.engine.upstream.UpstreamHead;
import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.file.Errno;
import io.frontdesk.net.file.NativeFiles;
import org.jspecify.annotations.Nullable;

/**
 * What a cache has for one request, and what becomes of it: it is looked up, perhaps waited for, and what the upstream says instead is kept.
 * Owned by an exchange with an upstream; loop only.
 */
public final class CacheLookup implements AutoCloseable {
    /** What is to be done with the request. */
    public enum Verdict {
        /** What is kept answers. */
        ANSWERS,
        /** The same, and a request in the background renews it. */
        ANSWERS_AND_RENEWS,
        /** What is kept is a mere status. */
        FAILS,
        /** Another request is about to fetch the same: {@link CacheLock} says when to look again. */
        WAITS,
        /** The upstream is asked. */
        ASKS
    }

    private final CacheSettings settings;
    private final Worker worker;
    private final CacheZone zone;
    private final CacheIndex index;
    private final Bytes key;
    private final CacheKey main;
    private final CacheLock lock;
    private CacheKey hash;
    private @Nullable CacheEntry entry;
    private @Nullable Renewal renewal;
    private @Nullable KeptFile kept;
    private @Nullable Fields askedBefore;
    private CacheStatus status = CacheStatus.MISS;
    private int uses;
    private boolean secondary;
    private boolean keeps = true;
    private int error;

    CacheLookup(CacheSettings settings, CacheZone zone, Exchange ex, Bytes key, Runnable woken) {
        this.settings = settings;
        this.worker = ex.worker();
        this.zone = zone;
        this.index = zone.index();
        this.key = key;
        this.main = CacheKey.of(key);
        this.hash = main;
        this.lock = new CacheLock(this, settings, worker, woken);
    }

    // ---- looking up

    /** Looks, for the first time or once more after {@link Verdict#WAITS}. */
    public Verdict find(Exchange ex) {
        Verdict verdict = settings.bypasses(ex) ? bypass() : look(ex);
        if (verdict == Verdict.ASKS && keeps && settings.startsTooFar(ex)) {
            keeps = false;
        }
        return verdict;
    }

    /** Looks as into a cache that is empty, for a request that is explained: nothing is touched, and the upstream is asked. */
    void findNothing(Exchange ex) {
        if (settings.bypasses(ex)) {
            bypass();
        } else if (settings.minUses > 1) {
            dontKeep();
        }
        if (keeps && settings.startsTooFar(ex)) {
            keeps = false;
        }
    }

    private Verdict bypass() {
        status = CacheStatus.BYPASS;
        return Verdict.ASKS;
    }

    private Verdict look(Exchange ex) {
        CacheEntry e = entry == null ? hold(hash) : entry;
        if (e == null) {
            return dontKeep();
        }
        CacheEntry.Failure failure = e.failure;
        if (failure != null) {
            if (worker.clock().millis() <= failure.untilMillis()) {
                status = CacheStatus.HIT;
                error = failure.status();
                return Verdict.FAILS;
            }
            e.failure = null;
        }
        if (e.exists() || index.isCold()) {
            KeptFile found = open(ex, e);
            if (found != null && !found.head.vary.isEmpty()) {
                CacheKey variant = Variant.of(main, found.head.vary, ex.request().fields());
                if (!variant.equals(found.head.variant)) {
                    return lookForVariant(ex, variant);
                }
            }
            if (found != null) {
                return nowSeconds() <= found.head.validUntil ? hit() : expired(ex, e, found.head);
            }
        }
        return uses < settings.minUses ? dontKeep() : lock.take(ex, e);
    }

    private @Nullable CacheEntry hold(CacheKey of) {
        CacheEntry held = zone.hold(of, worker.clock().millis());
        entry = held;
        if (held != null) {
            uses = held.countUse();
        }
        return held;
    }

    /** What comes passes, as if there were no cache. */
    Verdict dontKeep() {
        keeps = false;
        return Verdict.ASKS;
    }

    private Verdict hit() {
        status = CacheStatus.HIT;
        return Verdict.ANSWERS;
    }

    private @Nullable KeptFile open(Exchange ex, CacheEntry e) {
        closeFile();
        String path = index.fileOf(e.key());
        KeptFile found = KeptFile.open(path, worker);
        if (found == null) {
            if (NativeFiles.access(path, NativeFiles.F_OK) == -Errno.ENOENT) {
                index.lost(e);
            }
            return null;
        }
        if (!found.isOf(key)) {
            // MD5 is no proof: another key may have the same
            ex.log(FaultKind.FILE_FAILED, Severity.CRIT, "cache file \"" + path + "\" has md5 collision");
            found.close();
            return null;
        }
        if (index.isPurged(main, key, found.head.keptMillis)) {
            found.close();
            return null;
        }
        if (!e.exists()) {
            index.placed(e, found.head.length + found.head.bodyLength);
        }
        kept = found;
        return found;
    }

    private Verdict lookForVariant(Exchange ex, CacheKey variant) {
        closeFile();
        if (secondary) {
            return uses < settings.minUses ? dontKeep() : Verdict.ASKS;
        }
        letGo();
        secondary = true;
        hash = variant;
        return look(ex);
    }

    private Verdict expired(Exchange ex, CacheEntry e, CachedHead found) {
        boolean mayAnswer = !ex.isInBackground() && ((settings.useStale & NextCondition.UPDATING.bit()) != 0
                || nowSeconds() <= found.validUntil + found.staleUpdating);
        Renewal mine = renewal;
        if (mine == null) {
            mine = new Renewal(Long.MAX_VALUE);
            if (e.begin(null, mine)) {
                renewal = mine;
            } else {
                mine = null;
            }
        }
        if (mine == null && mayAnswer) {
            status = CacheStatus.UPDATING;
            return Verdict.ANSWERS;
        }
        if (mine != null && mayAnswer && settings.updatesInBackground) {
            status = CacheStatus.STALE;
            return Verdict.ANSWERS_AND_RENEWS;
        }
        status = CacheStatus.EXPIRED;
        return Verdict.ASKS;
    }

    /** The lock: this request is the one that fetches. */
    void fetches(Renewal mine) {
        renewal = mine;
    }

    private long nowSeconds() {
        return worker.clock().wallMillis() / 1000;
    }

    /** Now; but after the last purge, also when the calendar clock was set back since: what is fetched after it is not what was purged. */
    private long keptMillis() {
        return Math.max(worker.clock().wallMillis(), index.lastPurgeMillis(main, key) + 1);
    }

    // ---- what it says

    /** What the cache did. */
    public CacheStatus status() {
        return status;
    }

    /** The key. */
    public Bytes key() {
        return key;
    }

    /** The cache's name. */
    public String zoneName() {
        return zone.name();
    }

    /** The status of {@link Verdict#FAILS}. */
    public int error() {
        return error;
    }

    /** Whether what the upstream says may be kept, so that it must be the whole, whatever part of it the client wants. */
    public boolean keeps() {
        return keeps;
    }

    /** What is kept. */
    public KeptFile kept() {
        KeptFile found = kept;
        if (found == null) {
            throw new IllegalStateException("nothing is kept");
        }
        return found;
    }

    /** The head that is kept, when it answers. */
    public @Nullable UpstreamHead answering() {
        return switch (status) {
            case HIT, UPDATING, STALE, REVALIDATED -> kept == null ? null : kept.head;
            default -> null;
        };
    }

    /** For how many seconds what answers has been kept; -1 when it does not. */
    public long ageSeconds() {
        KeptFile found = kept;
        return found == null || answering() == null
                ? -1
                : Math.max(0, worker.clock().wallMillis() - found.head.keptMillis) / 1000;
    }

    /** Whether a HEAD is asked as a GET, so that there is something to keep. */
    public boolean asksWhole() {
        return settings.convertsHead;
    }

    /** The expired response for the conditions of a request that renews it, or null. */
    public @Nullable UpstreamHead renewing() {
        KeptFile found = kept;
        return found != null && settings.revalidates && status == CacheStatus.EXPIRED
                && (found.head.status() == 200 || found.head.status() == 206) ? found.head : null;
    }

    // ---- what the upstream said

    /** Whether what is too old answers, for want of something better; {@code silent} when no answer came. */
    public boolean servesStale(@Nullable NextCondition condition, boolean silent) {
        KeptFile found = kept;
        if (found == null || condition == null || status != CacheStatus.EXPIRED) {
            return false;
        }
        // nginx: stale-if-error is for a server that does not answer
        if ((settings.useStale & condition.bit()) == 0
                && !(silent && nowSeconds() <= found.head.validUntil + found.head.staleError)) {
            return false;
        }
        status = CacheStatus.STALE;
        return true;
    }

    /** The upstream says 304: what is kept holds on. */
    public boolean revalidates(UpstreamHead answer) {
        KeptFile found = kept;
        if (found == null || answer.status() != 304 || status != CacheStatus.EXPIRED || !settings.revalidates) {
            return false;
        }
        status = CacheStatus.REVALIDATED;
        CachedHead head = found.head;
        long now = nowSeconds();
        Freshness said = settings.freshness(answer.fields(), now);
        if (said.until() < 0 && !said.isForbidden()) {
            said = settings.freshness(head.fields(), now);
        }
        long until = said.until() >= 0 ? said.until() : settings.until(head.status(), now);
        if (until > 0 && !said.isForbidden()) {
            head.validUntil = until;
            head.staleUpdating = said.staleUpdating();
            head.staleError = said.staleError();
            head.keptMillis = keptMillis();
            found.rewrite(index.fileOf(hash), worker);
        }
        settled();
        return true;
    }

    /** Begins to keep a response; null when it must not be. The exchange is null where {@link #outlives} was called. */
    public @Nullable ResponseCopy keep(@Nullable Exchange ex, UpstreamHead answer) {
        ResponseCopy copy = keeps ? copy(ex, answer) : null;
        if (copy == null) {
            settled();
        }
        return copy;
    }

    private @Nullable ResponseCopy copy(@Nullable Exchange ex, UpstreamHead answer) {
        Fields asked = ex == null ? askedBefore : ex.request().fields();
        if (asked == null || !settings.mayKeep(answer) || ex != null && settings.keepsNot(ex)
                || asked.has(FieldName.AUTHORIZATION) && !CacheSettings.isShared(answer.fields())) {
            return null;
        }
        Fields fields = answer.fields();
        Freshness said = settings.freshness(fields, nowSeconds());
        long until = said.until() >= 0 ? said.until() : settings.until(answer.status(), nowSeconds());
        String vary = settings.obeys(IgnoredHeader.VARY) ? Variant.vary(fields) : "";
        if (said.isForbidden() || until <= 0 || !Variant.isUsable(vary)) {
            return null;
        }
        CachedHead head = CachedHead.of(answer);
        head.vary = vary;
        if (!vary.isEmpty()) {
            head.variant = Variant.of(main, vary, asked);
        }
        if (secondary && (vary.isEmpty() || !head.variant.equals(hash))) {
            // it varies in another way than what is kept, and takes the place of that
            letGo();
            secondary = false;
            hash = main;
        }
        CacheEntry to = entry == null ? hold(hash) : entry;
        if (to == null) {
            return null;
        }
        head.key.write(key);
        head.validUntil = until;
        head.staleUpdating = said.staleUpdating();
        head.staleError = said.staleError();
        head.keptMillis = keptMillis();
        boolean bodiless = ex != null && ex.isHead() && !settings.convertsHead;
        CacheWriter writer = new CacheWriter(this, worker, zone, to, head, bodiless ? 0 : answer.contentLength());
        return writer.open() ? writer : null;
    }

    /** The client is gone before an answer came, and it shall be kept all the same. */
    public boolean outlives(Exchange ex) {
        if (!keeps || settings.keepsNot(ex) || ex.isHead() && !settings.convertsHead) {
            return false;
        }
        Fields copy = new Fields();
        Fields asked = ex.request().fields();
        for (int i = 0; i < asked.size(); i++) {
            if (!asked.isRemoved(i)) {
                copy.add(asked, i);
            }
        }
        askedBefore = copy;
        return true;
    }

    /** The answer is an error page of our own: the status alone is kept, where the configuration says for how long. */
    public void failed(int code, @Nullable Fields fields) {
        CacheEntry e = entry;
        if (!keeps || e == null) {
            return;
        }
        long now = nowSeconds();
        long until = 0;
        if (fields != null) {
            Freshness said = settings.freshness(fields, now);
            if (said.isForbidden()) {
                return;
            }
            until = said.until();
        }
        until = until > 0 ? until : settings.until(code, now);
        if (until > now) {
            e.failure = new CacheEntry.Failure(code, worker.clock().millis() + (until - now) * 1000);
        }
        settled();
    }

    /** Whether what was just fetched was purged meanwhile. */
    boolean isPurged(CachedHead head) {
        return index.isPurged(main, key, head.keptMillis);
    }

    /** All is known that others may wait for: what comes is kept, or will not be. */
    public void settled() {
        Renewal mine = renewal;
        CacheEntry e = entry;
        if (mine != null && e != null) {
            renewal = null;
            e.end(mine);
        }
    }

    /** Hands the renewal over to a request in the background: it ends with that. */
    public @Nullable AtEnd handOver() {
        Renewal mine = renewal;
        CacheEntry e = entry;
        if (mine == null || e == null) {
            return null;
        }
        renewal = null;
        return new AtEnd() {
            @Override
            protected void end() {
                e.end(mine);
            }
        };
    }

    private void closeFile() {
        KeptFile open = kept;
        if (open != null) {
            kept = null;
            open.close();
        }
    }

    private void letGo() {
        settled();
        CacheEntry e = entry;
        if (e != null) {
            entry = null;
            index.release(e, settings.minUses > 1);
        }
    }

    @Override
    public void close() {
        lock.close();
        closeFile();
        letGo();
    }
}
