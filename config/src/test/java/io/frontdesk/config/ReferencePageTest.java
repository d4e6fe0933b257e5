package io.frontdesk.config;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Context.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReferencePageTest {

    private static final class GzipModule extends Module {

        final Directive<Boolean> gzip = directive("gzip", Shapes.flag()).in(HTTP, SERVER).orElse(false)
                .doc("Compresses.");
        final Directive<Buffers> buffers = directive("gzip_buffers", Shapes.bufs()).in(HTTP).orElse(new Buffers(32,
                4096), "32 4k|16 8k").deprecatedFor("buffers").doc("How many.");

        @Override
        public String about() {
            return "Makes answers smaller.";
        }
    }

    private static final class CoreModule extends Module {

        final Directive<Boolean> server = directive("server", Shapes.block()).in(HTTP).opens(SERVER).doc("A server.");
        final Directive<List<Word>> page = directive("error_page", Shapes.words("code ... uri", 2, 9)).in(HTTP).list()
                .doc("A page.");
    }

    private static final class EmptyModule extends Module {}

    @Test
    void describesDirectivesByModuleAndName() {
        assertThat(new ReferencePage(List.of(new GzipModule(), new EmptyModule(), new CoreModule())).markdown())
                .isEqualTo("""
                        # Directives

                        <!-- Generated from the declarations: change the text there. -->

                        - [core](#core)
                        - [gzip](#gzip)

                        ## core

                        ### error_page

                        - Syntax: `error_page code ... uri;`
                        - Default: none
                        - Context: http
                        - Inheritance: all lines are taken from the nearest block that has any

                        A page.

                        ### server

                        - Syntax: `server { ... }`
                        - Default: none
                        - Context: http
                        - Inheritance: none, any number of lines in a block

                        A server.

                        ## gzip

                        Makes answers smaller.

                        ### gzip

                        - Syntax: `gzip on | off;`
                        - Default: `gzip off;`
                        - Context: http, server
                        - Inheritance: taken from the nearest outer block

                        Compresses.

                        ### gzip_buffers

                        - Syntax: `gzip_buffers number size;`
                        - Default: `gzip_buffers 32 4k|16 8k;`
                        - Context: http
                        - Inheritance: taken from the nearest outer block
                        - Deprecated: use `buffers`

                        How many.
                        """);
    }

    @Test
    void describesTheWholeSample() {
        assertThat(new ReferencePage(List.of(new SampleModule())).markdown()).contains(
                "Default: `proxy_next_upstream error timeout;`", "Default: `satisfy all;`",
                "Syntax: `satisfy all | any;`",
                "Default: `client_header_timeout 60s;`", "Default: `client_max_body_size 1m;`",
                "Context: server, location, if in server, if in location");
    }
}
