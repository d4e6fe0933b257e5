package io.frontdesk.app;

import io.frontdesk.engine.Identity;
import java.io.PrintStream;

/** What {@code -v} and {@code -h} print. */
final class Version {
    private static final String HELP = """
            Usage: frontdesk [-?hvVtTq] [-s signal] [-p prefix]
                             [-e filename] [-c filename] [-g directives]
                   frontdesk command ...  (command --help says more)

            Options:
              -?,-h         : this help
              -v            : show version and exit
              -V            : show version and configure options then exit
              -t            : test configuration and exit
              -T            : test configuration, dump it and exit
              -q            : suppress non-error messages during configuration testing
              -s signal     : send signal to the running process: stop, quit, reopen, reload
              -p prefix     : set prefix path (default: the current folder)
              -e filename   : set error log file (default: logs/error.log)
              -c filename   : set configuration file (default: conf/nginx.conf, or nginx.conf)
              -g directives : set global directives out of configuration file

            """;

    private Version() {}

    /** nginx prints all of it to stderr. */
    static void print(CommandLine line, PrintStream stderr) {
        stderr.print("nginx version: nginx/" + Identity.NGINX_VERSION + "\nfrontdesk " + Identity.VERSION + "\n");
        if (line.showsHelp()) {
            stderr.print(HELP);
            stderr.print("Commands:\n" + SubCommands.summaries() + "\n");
        }
        stderr.flush();
    }
}
