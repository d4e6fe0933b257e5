package io.frontdesk.modules.autoindex;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http.Method;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Handler;
import io.frontdesk.engine.request.Outcome;
import io.frontdesk.engine.request.Response;
import io.frontdesk.modules.autoindex.AutoindexModule.Format;
import io.frontdesk.net.file.DirectoryListing;
import io.frontdesk.net.file.Errno;
import io.frontdesk.net.file.FileStatus;
import io.frontdesk.net.file.NativeFiles;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists the directory that a URI with a slash at its end leads to. */
final class AutoindexHandler implements Handler {
    private static final int MAX_CALLBACK_LENGTH = 128;

    private final Format format;
    private final boolean localTime;
    private final boolean exactSize;

    AutoindexHandler(Format format, boolean localTime, boolean exactSize) {
        this.format = format;
        this.localTime = localTime;
        this.exactSize = exactSize;
    }

    @Override
    public Outcome handle(Exchange ex) {
        if (ex.uri().pathLast() != '/' || ex.method() != Method.GET && ex.method() != Method.HEAD) {
            return Outcome.NEXT;
        }
        String callback = "";
        if (format == Format.JSONP) {
            callback = argument(ex.uri().args());
            if (!isFunctionName(ex, callback)) {
                return ex.finish(400);
            }
        }
        String path = ex.location().core().mapPath(ex, "");
        String folder = path.length() > 1 ? path.substring(0, path.length() - 1) : path;
        List<Entry> entries = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        FileStatus status = new FileStatus();
        int result = DirectoryListing.read(folder, (name, type) -> {
            Entry entry = name.startsWith(".") ? null : entry(folder, name, status, problems);
            if (entry != null) {
                entries.add(entry);
            }
        });
        problems.forEach(problem -> ex.log(FaultKind.FILE_FAILED, Severity.CRIT, problem));
        if (result < 0) {
            return failed(ex, folder, result);
        }
        entries.sort(Entry.ORDER);
        return answer(ex, entries, callback);
    }

    private static @Nullable Entry entry(String folder, String name, FileStatus status, List<String> problems) {
        String path = folder + "/" + name;
        int error = NativeFiles.stat(path, status);
        String call = "stat()";
        if (error == -Errno.ENOENT || error == -Errno.ELOOP) {
            // a link to nothing is listed as what it is
            error = NativeFiles.lstat(path, status);
            call = "lstat()";
        }
        if (error < 0) {
            problems.add(call + " \"" + path + "\" failed " + Errno.describe(error));
            return null;
        }
        return new Entry(name, status.isDirectory(), status.isRegular(), status.modifiedSeconds(), status.size());
    }

    private static Outcome failed(Exchange ex, String folder, int error) {
        boolean missing = Errno.isNotFound(error);
        boolean forbidden = Math.abs(error) == Errno.EACCES;
        ex.blame().log(missing ? FaultKind.NOT_FOUND : forbidden ? FaultKind.FORBIDDEN : FaultKind.FILE_FAILED,
                missing || forbidden ? Severity.ERROR : Severity.CRIT,
                "opendir() \"" + folder + "\" failed " + Errno.describe(error), null);
        return ex.finish(missing ? 404 : forbidden ? 403 : 500);
    }

    /** The value of the argument {@code callback}; empty when it is missing. */
    private static String argument(String args) {
        for (String arg : args.split("&", -1)) {
            if (arg.regionMatches(true, 0, "callback=", 0, 9)) {
                return arg.substring(9);
            }
        }
        return "";
    }

    private static boolean isFunctionName(Exchange ex, String name) {
        if (name.length() > MAX_CALLBACK_LENGTH) {
            ex.log(Severity.INFO, "client sent too long callback name: \"" + name + "\"");
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            char lower = (char) (c | 0x20);
            if ((lower < 'a' || lower > 'z') && (c < '0' || c > '9') && c != '_' && c != '.') {
                ex.log(Severity.INFO, "client sent invalid callback name: \"" + name + "\"");
                return false;
            }
        }
        return true;
    }

    private Outcome answer(Exchange ex, List<Entry> entries, String callback) {
        Response response = ex.response();
        response.status(200);
        response.contentLength(-1);
        switch (format) {
            case HTML -> response.contentType("text/html");
            case XML -> {
                response.contentType("text/xml");
                response.charset().clear();
                response.charset().write("utf-8");
            }
            case JSON, JSONP -> response.contentType(
                    callback.isEmpty() ? "application/json" : "application/javascript");
        }
        ex.responder().sendHead();
        if (response.headOnly()) {
            ex.responder().takeBody(null, true);
            return Outcome.ANSWERED;
        }
        Bytes page = new Bytes(256 + entries.size() * 128, Integer.MAX_VALUE - 8);
        switch (format) {
            case HTML -> new HtmlListing(localTime, exactSize, isUtf8(response)).write(ex.uri(), entries, page);
            case XML -> XmlListing.write(entries, page);
            case JSON, JSONP -> JsonListing.write(entries, callback, page);
        }
        ByteBuf body = ex.worker().allocator().directBuffer(page.length());
        page.copyTo(body);
        ex.responder().takeBody(body, true);
        return Outcome.ANSWERED;
    }

    private static boolean isUtf8(Response response) {
        return response.charset().toString().equalsIgnoreCase("utf-8");
    }

    @Override
    public String kind() {
        return "autoindex";
    }
}
