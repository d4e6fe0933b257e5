package io.frontdesk.modules.stubstatus;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http.Method;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Handler;
import io.frontdesk.engine.request.Outcome;
import io.frontdesk.engine.worker.ConnectionCounts;
import io.netty.buffer.ByteBuf;

/** Writes the page, in the form that monitoring tools read. */
final class StatusPage implements Handler {
    @Override
    public Outcome handle(Exchange exchange) {
        if (exchange.method() != Method.GET && exchange.method() != Method.HEAD) {
            return exchange.finish(405);
        }
        Bytes page = exchange.worker().takeScratch();
        try {
            write(exchange, page);
            exchange.response().status(200);
            exchange.response().contentType("text/plain");
            exchange.response().contentLength(page.length());
            ByteBuf body = exchange.worker().allocator().buffer(page.length()).writeBytes(page.array(), 0,
                    page.length());
            exchange.responder().answer(body);
        } finally {
            exchange.worker().giveBackScratch(page);
        }
        return Outcome.ANSWERED;
    }

    private static void write(Exchange exchange, Bytes page) {
        page.write("Active connections: ");
        page.writeDecimal(StubStatusModule.sum(exchange, ConnectionCounts::active));
        page.write(" \nserver accepts handled requests\n ");
        page.writeDecimal(StubStatusModule.sum(exchange, ConnectionCounts::accepted));
        page.write(" ");
        page.writeDecimal(StubStatusModule.sum(exchange, ConnectionCounts::handled));
        page.write(" ");
        page.writeDecimal(StubStatusModule.sum(exchange, ConnectionCounts::requests));
        page.write(" \nReading: ");
        page.writeDecimal(StubStatusModule.sum(exchange, ConnectionCounts::reading));
        page.write(" Writing: ");
        page.writeDecimal(StubStatusModule.sum(exchange, ConnectionCounts::writing));
        page.write(" Waiting: ");
        page.writeDecimal(StubStatusModule.sum(exchange, StubStatusModule::waiting));
        page.write(" \n");
    }

    @Override
    public String kind() {
        return "stub_status";
    }
}
