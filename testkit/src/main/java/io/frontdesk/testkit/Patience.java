package io.frontdesk.testkit;

import io.frontdesk.net.ControlPlane;
import java.time.Duration;
import org.awaitility.Awaitility;

/**
 * How long tests wait for what must come. No test waits that long unless it fails, so it is long enough for a machine that has much else
 * to do; and how often they look is short, as most of what they wait for comes at once.
 */
@ControlPlane("the thread of a test")
final class Patience {
    /** For anything that must come. */
    static final Duration MOST = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    private Patience() {}

    /** Makes it that of Awaitility, whose own is meant for less loaded machines. Any number of times. */
    static void ofAll() {
        Awaitility.setDefaultTimeout(MOST);
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(LOOK_AGAIN);
    }
}
