package io.frontdesk.engine.cache;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.engine.fault.NextCondition;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.upstream.IgnoredHeader;
import io.frontdesk.engine.upstream.ResponseCopy;
import io.frontdesk.engine.upstream.UpstreamHead;
import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.file.FileData;
import io.frontdesk.net.file.NativeFiles;
import io.frontdesk.net.file.OpenFile;
import io.frontdesk.net.file.OpenFlags;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a cache has for one request, and what becomes of it. Owned by an exchange with an upstream; loop only. */
public final class CacheLookup implements AutoCloseable {
    private static final int FIRST_READ_BYTES = 4096;

    private final CacheSettings settings;
    private final Worker worker;
    private final CacheZone zone;
    private final Bytes key;
    private String hash;
    private CacheEntry entry;
    private CacheStatus status = CacheStatus.MISS;
    private @Nullable CachedHead head;
    private @Nullable OpenFile file;
    private boolean keeps = true;
    private boolean updates;
    private int error;

    CacheLookup(CacheSettings settings, CacheZone zone, Exchange ex, Bytes key) {
        this.settings = settings;
        this.worker = ex.worker();
        this.zone = zone;
        this.key = key;
        this.hash = CacheZone.hash(key);
        this.entry = zone.entry(hash, worker.clock().millis());
    }

    // ---- looking up

    /** Nobody looks; what the upstream says may be kept. */
    void bypass() {
        status = CacheStatus.BYPASS;
    }

    void find(Exchange ex) {
        int uses = entry.uses.incrementAndGet();
        long now = nowSeconds();
        if (entry.errorStatus != 0 && now < entry.errorUntilSeconds) {
            status = CacheStatus.HIT;
            error = entry.errorStatus;
            return;
        }
        open(key);
        CachedHead found = head;
        if (found != null && !found.vary.isEmpty()) {
            found = findVariant(ex, found);
        }
        if (found == null) {
            keeps = uses >= settings.minUses;
        } else if (now < found.validUntil) {
            status = CacheStatus.HIT;
        } else {
            expired(found, now);
        }
    }

    private @Nullable CachedHead findVariant(Exchange ex, CachedHead main) {
        String variant = variant(ex, main.vary);
        if (variant.equals(main.variant)) {
            return main;
        }
        forget();
        useVariant(variant);
        open(key);
        CachedHead other = head;
        if (other != null && !other.variant.equals(variant)) {
            forget();
        }
        return head;
    }

    private void useVariant(String variant) {
        Bytes name = new Bytes();
        name.write(key);
        name.write('\n');
        name.write(Bytes.of(variant));
        hash = CacheZone.hash(name);
        entry = zone.entry(hash, worker.clock().millis());
    }

    private void expired(CachedHead found, long now) {
        status = CacheStatus.EXPIRED;
        updates = entry.updatingSince.compareAndSet(0, Math.max(1, worker.clock().millis()));
        boolean mayAnswer = (settings.useStale & NextCondition.UPDATING.bit()) != 0
                || now < found.validUntil + found.staleUpdating;
        if (!updates && mayAnswer) {
            status = CacheStatus.UPDATING;
        }
    }

    private void open(Bytes expectedKey) {
        int fd = NativeFiles.open(zone.fileOf(hash), OpenFlags.READ);
        if (fd < 0) {
            return;
        }
        ByteBuf in = worker.allocator().directBuffer(FIRST_READ_BYTES);
        CachedHead read = null;
        try {
            read = read(fd, in);
        } finally {
            in.release();
            // MD5 is no proof: another key may have the same
            if (read == null || !sameKey(read.key, expectedKey)) {
                NativeFiles.close(fd);
            } else {
                head = read;
                file = new OpenFile(fd);
            }
        }
    }

    private static boolean sameKey(Bytes a, Bytes b) {
        return Arrays.equals(a.array(), 0, a.length(), b.array(), 0, b.length());
    }

    private static @Nullable CachedHead read(int fd, ByteBuf in) {
        FileData.pread(fd, in, FIRST_READ_BYTES, 0);
        int length = CachedHead.lengthOf(in);
        while (length > in.readableBytes()) {
            if (FileData.pread(fd, in, length - in.readableBytes(), in.readableBytes()) <= 0) {
                return null;
            }
        }
        return length < 0 ? null : CachedHead.read(in);
    }

    private void forget() {
        head = null;
        OpenFile open = file;
        if (open != null) {
            file = null;
            open.release();
        }
    }

    private String variant(Exchange ex, String vary) {
        StringBuilder out = new StringBuilder();
        Fields fields = ex.request().fields();
        for (String word : vary.split(",")) {
            String name = word.strip();
            byte[] wanted = Bytes.of(name).toArray();
            out.append(name.toLowerCase(Locale.ROOT)).append(':');
            for (int i = fields.find(wanted, 0, wanted.length); i >= 0; i = fields.next(i)) {
                // nginx: white space and commas make no difference
                out.append(String.join(",", fields.valueString(i).strip().split("[\\s,]+"))).append(',');
            }
            out.append('\n');
        }
        return out.toString();
    }

    private long nowSeconds() {
        return worker.clock().wallMillis() / 1000;
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

    /** A status that is answered without a response, or 0. */
    public int error() {
        return error;
    }

    /** Whether what is kept answers without asking the upstream. */
    public boolean answers() {
        return head != null && (status == CacheStatus.HIT || status == CacheStatus.UPDATING);
    }

    /** The head that is kept. */
    public CachedHead head() {
        CachedHead found = head;
        if (found == null) {
            throw new IllegalStateException("nothing is kept");
        }
        return found;
    }

    /** The head that is kept, when it answers. */
    public @Nullable UpstreamHead answering() {
        return switch (status) {
            case HIT, UPDATING, STALE, REVALIDATED -> head;
            default -> null;
        };
    }

    /** The open file; the caller gets a reference of its own. */
    public OpenFile retainFile() {
        OpenFile open = file;
        if (open == null) {
            throw new IllegalStateException("nothing is kept");
        }
        return open.retain();
    }

    /** Where in the file the body begins. */
    public long bodyOffset() {
        return head().length;
    }

    /** How long it is. */
    public long bodyLength() {
        return head().bodyLength;
    }

    /** Whether a HEAD is asked as a GET, so that there is something to keep. */
    public boolean asksWhole() {
        return settings.convertsHead;
    }

    /** The expired response for the conditions of a request that renews it, or null. */
    public @Nullable UpstreamHead renewing() {
        return settings.revalidates && status == CacheStatus.EXPIRED ? head : null;
    }

    // ---- what the upstream said

    /** Whether what is too old answers, for want of something better. */
    public boolean servesStale(@Nullable NextCondition condition) {
        CachedHead found = head;
        if (found == null || condition == null || status != CacheStatus.EXPIRED) {
            return false;
        }
        if ((settings.useStale & condition.bit()) == 0 && nowSeconds() >= found.validUntil + found.staleError) {
            return false;
        }
        status = CacheStatus.STALE;
        return true;
    }

    /** The upstream says 304: what is kept holds on. */
    public boolean revalidates(UpstreamHead answer) {
        CachedHead found = head;
        if (found == null || answer.status() != 304 || renewing() == null) {
            return false;
        }
        status = CacheStatus.REVALIDATED;
        Freshness said = settings.freshness(answer.fields(), nowSeconds());
        long until = said.until() >= 0 ? said.until() : settings.until(found.status(), nowSeconds());
        if (until > 0 && !said.isForbidden()) {
            found.validUntil = until;
            rewrite(found);
        }
        return true;
    }

    private void rewrite(CachedHead found) {
        int fd = NativeFiles.open(zone.fileOf(hash), OpenFlags.O_WRONLY | OpenFlags.O_CLOEXEC);
        if (fd < 0) {
            return;
        }
        ByteBuf out = worker.allocator().directBuffer(found.length);
        try {
            // whoever reads it meanwhile finds a wrong checksum, and asks the upstream
            found.write(out);
            FileData.pwrite(fd, out, 0);
        } finally {
            out.release();
            NativeFiles.close(fd);
        }
    }

    /** Begins to keep a response; null when it must not be. */
    public @Nullable ResponseCopy keep(Exchange ex, UpstreamHead answer) {
        if (!mayKeep(ex, answer)) {
            return null;
        }
        Fields fields = answer.fields();
        Freshness said = settings.freshness(fields, nowSeconds());
        long until = said.until() >= 0 ? said.until() : settings.until(answer.status(), nowSeconds());
        if (said.isForbidden() || until <= 0) {
            return null;
        }
        CachedHead kept = CachedHead.of(answer);
        if (settings.obeys(IgnoredHeader.VARY) && fields.has(FieldName.VARY)) {
            String vary = vary(fields);
            if (vary.contains("*")) {
                return null;
            }
            kept.vary = vary;
            kept.variant = variant(ex, vary);
        }
        kept.key.write(key);
        kept.validUntil = until;
        kept.staleUpdating = said.staleUpdating();
        kept.staleError = said.staleError();
        CacheWriter writer = new CacheWriter(worker, zone, entry, zone.fileOf(hash), kept,
                ex.isHead() && !settings.convertsHead ? 0 : answer.contentLength());
        return writer.open() ? writer : null;
    }

    private static String vary(Fields fields) {
        StringBuilder all = new StringBuilder();
        for (int i = fields.find(FieldName.VARY); i >= 0; i = fields.next(i)) {
            all.append(all.isEmpty() ? "" : ", ").append(fields.valueString(i));
        }
        return all.toString();
    }

    private boolean mayKeep(Exchange ex, UpstreamHead answer) {
        int code = answer.status();
        if (!keeps || code < 200 || code == 206 || code == 304
                || settings.keepsNot(ex)) {
            return false;
        }
        // RFC 9111 §3.5: what was asked for with credentials is nobody else's, unless the answer says so
        return !ex.request().fields().has(FieldName.AUTHORIZATION) || isShared(answer.fields());
    }

    private static boolean isShared(Fields fields) {
        return fields.hasToken(FieldName.CACHE_CONTROL, "public")
                || fields.hasToken(FieldName.CACHE_CONTROL, "must-revalidate")
                || fields.hasToken(FieldName.CACHE_CONTROL, "proxy-revalidate");
    }

    /** The answer is an error page of our own: the status alone is kept, where the configuration says for how long. */
    public void failed(int code, @Nullable Fields fields) {
        if (!keeps) {
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
            entry.errorUntilSeconds = until;
            entry.errorStatus = code;
        }
    }

    @Override
    public void close() {
        forget();
        if (updates) {
            updates = false;
            entry.updatingSince.set(0);
        }
    }
}
