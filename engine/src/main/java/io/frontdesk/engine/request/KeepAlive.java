package io.frontdesk.engine.request;

import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Method;
import io.frontdesk.engine.core.CoreSettings;

/** Whether a location lets the connection of a request carry another one. Stateless. */
final class KeepAlive {
    private KeepAlive() {}

    static boolean allows(Exchange ex, CoreSettings core) {
        ClientConnection connection = ex.connection();
        if (core.keepAliveTimeoutMillis() == 0 || connection.requestCount() >= core.keepAliveRequests()
                || ex.worker().clock().millis() - connection.startMillis() > core.keepAliveTimeMillis()) {
            return false;
        }
        // nginx: such browsers take a kept connection amiss after a POST (MSIE), or always
        return !(core.disablesKeepAliveForMsie6() && ex.request().method() == Method.POST && isMsie6(ex)
                || core.disablesKeepAliveForSafari() && isSafari(ex));
    }

    private static boolean isMsie6(Exchange ex) {
        String agent = ex.request().field(FieldName.USER_AGENT);
        int at = agent.indexOf("MSIE ");
        if (at < 0 || at + 7 >= agent.length() || agent.charAt(at + 6) != '.' || agent.contains("Opera")) {
            return false;
        }
        return switch (agent.charAt(at + 5)) {
            case '4', '5' -> true;
            case '6' -> agent.indexOf("SV1", at + 8) < 0;
            default -> false;
        };
    }

    private static boolean isSafari(Exchange ex) {
        String agent = ex.request().field(FieldName.USER_AGENT);
        return agent.contains("Safari/") && agent.contains("Mac OS X") && !agent.contains("Chrome/")
                && !agent.contains("Gecko/");
    }
}
