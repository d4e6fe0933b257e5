package io.frontdesk.modules.ssi;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http.Method;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Subrequest;
import io.frontdesk.engine.request.Subrequest.Output;
import io.frontdesk.engine.request.SubrequestListener;
import io.frontdesk.engine.request.UnsafeUri;
import io.netty.buffer.ByteBuf;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One include of a page: makes the subrequest, and hears what becomes of it. Loop of the exchange only. */
final class SsiInclude implements SubrequestListener {
    private final SsiPage page;
    private final @Nullable String variable;
    private final @Nullable Bytes stub;

    private SsiInclude(SsiPage page, @Nullable String variable, @Nullable Bytes stub) {
        this.page = page;
        this.variable = variable;
        this.stub = stub;
    }

    /** Runs the command; false when it is wrong, which was logged. */
    static boolean run(SsiPage page, Map<String, String> values) {
        Exchange ex = page.exchange();
        String virtual = values.get("virtual");
        String file = values.get("file");
        String variable = values.get("set");
        String stub = values.get("stub");
        String problem = problem(virtual, file, variable, stub, values.get("wait"));
        Bytes block = stub == null ? null : page.context().block(stub);
        if (problem == null && stub != null && block == null) {
            problem = "\"stub\"=\"" + stub + "\" for \"include\" not found";
        }
        if (problem != null) {
            ex.log(FaultKind.SSI_COMMAND, Severity.ERROR, problem);
            return false;
        }
        String uri = SsiText.evaluate(ex, page.context(), virtual != null ? virtual : String.valueOf(file));
        if (uri == null) {
            return false;
        }
        UnsafeUri target = UnsafeUri.parse(uri.startsWith("/") ? uri : folder(ex) + uri);
        if (target == null || uri.isEmpty()) {
            ex.log(FaultKind.UNSAFE_URI, Severity.ERROR, "unsafe URI \"" + uri + "\" was detected");
            return false;
        }
        page.passGathered(false);
        Subrequest made = Subrequest.make(ex, target.path(), target.args(), Method.GET, true,
                variable == null ? Output.JOINED : Output.CAPTURED, new SsiInclude(page, variable, block));
        if (made == null) {
            return false;
        }
        if (variable != null) {
            page.context().declare(variable);
        }
        if (variable != null || virtual == null || "yes".equalsIgnoreCase(values.get("wait"))) {
            page.await(made);
        }
        return true;
    }

    private static @Nullable String problem(@Nullable String virtual, @Nullable String file, @Nullable String variable,
            @Nullable String stub, @Nullable String wait) {
        if (virtual != null && file != null) {
            return "inclusion may be either virtual=\"" + virtual + "\" or file=\"" + file + "\"";
        }
        if (virtual == null && file == null) {
            return "no parameter in \"include\" SSI command";
        }
        if (variable != null && stub != null) {
            return "\"set\" and \"stub\" cannot be used together in \"include\" SSI command";
        }
        if (wait != null && virtual == null) {
            return "\"wait\" cannot be used with file=\"" + file + "\"";
        }
        if (wait != null && !wait.equalsIgnoreCase("no") && !wait.equalsIgnoreCase("yes")) {
            return "invalid value \"" + wait + "\" in the \"wait\" parameter";
        }
        return null;
    }

    private static String folder(Exchange ex) {
        String path = ex.uri().path();
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    @Override
    public @Nullable ByteBuf replacement(Subrequest subrequest) {
        Bytes content = stub;
        if (content == null) {
            return null;
        }
        ByteBuf copy = page.exchange().worker().allocator().directBuffer(Math.max(1, content.length()));
        return copy.writeBytes(content.array(), 0, content.length());
    }

    @Override
    public void subrequestEnded(Subrequest subrequest) {
        if (variable != null && subrequest.exchange().response().status() < 300
                && !subrequest.captured().isEmpty()) {
            page.context().set(variable, subrequest.captured().toString());
        }
        subrequest.later(() -> page.ended(subrequest));
    }
}
