package io.frontdesk.e2e.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.FrontdeskProcess;
import org.junit.jupiter.api.Test;

/** What a start does before it serves (docs/adr/0014). */
class StartTest {
    private static final String CONFIG = """
            worker_processes 2;
            error_log logs/error.log notice;
            http {
                upstream origins { server 127.0.0.1:9; server 127.0.0.1:8; }
                server {
                    listen 127.0.0.1:{{port}};
                    server_name localhost;
                    location / {
                        proxy_pass http://origins;
                        proxy_set_header Host $host;
                        add_header X-Origin $upstream_addr;
                    }
                    location = /direct { proxy_pass http://127.0.0.1:9; }
                    location = /healthz { return 200 "ok"; }
                }
            }
            """;

    @Test
    void makesNoCodeForSwitchesOverTypes() {
        try (FrontdeskProcess server = FrontdeskProcess.start(CONFIG, "-Xlog:class+load=info:file=classes.txt")) {
            assertThat(server.read("classes.txt")).contains("io.frontdesk.app.Main");
            assertThat(server.read("classes.txt").lines().filter(line -> line.contains("$$TypeSwitch"))
                    .filter(line -> line.contains("io.frontdesk"))).isEmpty();
        }
    }
}
