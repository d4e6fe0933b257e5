package io.frontdesk.modules.stubstatus;

import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Context.SERVER;
import static io.frontdesk.config.Shapes.words;

import io.frontdesk.config.Directive;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Word;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.plan.HttpPlan;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.variable.Variables;
import io.frontdesk.engine.worker.ConnectionCounts;
import java.util.List;
import java.util.function.ToLongFunction;

/** {@code stub_status}: how many connections there are, and what they do. */
public final class StubStatusModule extends HttpModule {
    private final Directive<List<Word>> stubStatus = directive("stub_status", words("", 0, 1)).in(SERVER, LOCATION)
            .local().doc("Answers with the numbers of connections and requests of the whole process.");

    /** The module; one object per process. */
    public StubStatusModule() {
        super("stub_status");
    }

    @Override
    public void variables(Variables variables) {
        declare(variables, "connections_active", "Client connections now, waiting ones included.",
                ConnectionCounts::active);
        declare(variables, "connections_reading", "Connections whose request is being read.",
                ConnectionCounts::reading);
        declare(variables, "connections_writing", "Connections whose request is being answered.",
                ConnectionCounts::writing);
        declare(variables, "connections_waiting", "Connections that wait for a request.", StubStatusModule::waiting);
    }

    private static void declare(Variables variables, String name, String doc, ToLongFunction<ConnectionCounts> count) {
        variables.declare(name, doc, (exchange, out) -> {
            out.writeDecimal(sum(exchange, count));
            return true;
        });
    }

    @Override
    public void compile(Scope scope, HttpPlan plan, Link link) {
        if (scope.find(stubStatus) != null) {
            plan.content(new StatusPage());
        }
    }

    static long waiting(ConnectionCounts counts) {
        return counts.active() - counts.reading() - counts.writing();
    }

    static long sum(Exchange exchange, ToLongFunction<ConnectionCounts> count) {
        long sum = 0;
        for (ConnectionCounts one : exchange.worker().allCounts()) {
            sum += count.applyAsLong(one);
        }
        return sum;
    }
}
