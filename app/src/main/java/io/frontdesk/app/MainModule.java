package io.frontdesk.app;

import static io.frontdesk.config.Context.EVENTS;
import static io.frontdesk.config.Context.MAIN;
import static io.frontdesk.config.Shapes.block;
import static io.frontdesk.config.Shapes.choice;
import static io.frontdesk.config.Shapes.flag;
import static io.frontdesk.config.Shapes.millis;
import static io.frontdesk.config.Shapes.number;
import static io.frontdesk.config.Shapes.of;
import static io.frontdesk.config.Shapes.offset;
import static io.frontdesk.config.Shapes.text;
import static io.frontdesk.config.Shapes.words;

import io.frontdesk.config.Directive;
import io.frontdesk.config.Module;
import io.frontdesk.config.Word;
import java.util.List;

/** The directives of the main block that are about the process, and the block {@code events}. */
final class MainModule extends Module {
    /** {@code debug_points}. */
    enum DebugPoints {
        STOP, ABORT
    }

    final Directive<List<Word>> user = directive("user", of("user [group]", 1, 2, MainArguments::user)).in(MAIN)
            .doc("Whose rights the event loops have when root starts the process; the thread that reloads keeps root's.");
    final Directive<Integer> workerProcesses = directive("worker_processes",
            of("number | auto", 1, 1, MainArguments::workerProcesses)).in(MAIN).orElse(1)
            .doc("How many event loops serve; `auto` is one for each processor.");
    final Directive<Integer> workerRlimitNofile = directive("worker_rlimit_nofile", number()).in(MAIN)
            .doc("How many files and sockets the process may have open; as many as the system lets it where this says nothing.");
    final Directive<Long> workerRlimitCore = directive("worker_rlimit_core", offset()).in(MAIN)
            .doc("The largest core file of the process.");
    final Directive<Integer> workerPriority = directive("worker_priority", of("number", 1, 1, MainArguments::priority))
            .in(MAIN).doc("How willingly the event loops give way to other processes, as `nice` says it.");
    final Directive<CpuAffinity> workerCpuAffinity = directive("worker_cpu_affinity",
            of("auto [mask] | mask ...", 1, Integer.MAX_VALUE, CpuAffinity::parse)).in(MAIN)
            .doc("The processors that each event loop may use; `auto` gives each its own.");
    final Directive<Long> workerShutdownTimeout = directive("worker_shutdown_timeout", millis()).in(MAIN).orElse(0L)
            .doc("How long requests may run on after a graceful stop or a reload; 0 for without end.");
    final Directive<String> workingDirectory = directive("working_directory", text("directory")).in(MAIN)
            .doc("Accepted without effect.");
    final Directive<Boolean> daemon = directive("daemon", flag()).in(MAIN).orElse(true)
            .doc("Whether the process goes into the background when it has started.");
    final Directive<Boolean> masterProcess = directive("master_process", flag()).in(MAIN).orElse(true)
            .doc("Accepted; there is one process in any case.");
    final Directive<String> pid = directive("pid", text("file")).in(MAIN)
            .doc("The file that holds the number of the process; `logs/nginx.pid` where this says nothing.");
    final Directive<String> lockFile = directive("lock_file", text("file")).in(MAIN).orElse("logs/nginx.lock")
            .doc("Accepted without effect.");
    final Directive<List<Word>> env = directive("env", words("variable[=value]", 1, 1)).in(MAIN).repeatable()
            .doc("A variable with a value is set in the environment of a program that takes over (USR2); all others are passed on in any case.");
    final Directive<String> loadModule = directive("load_module", of("file", 1, 1, MainArguments::loadModule)).in(MAIN)
            .repeatable().doc("Accepted with a warning: modules are part of the program.");
    final Directive<List<Word>> threadPool = directive("thread_pool",
            of("name threads=number [max_queue=number]", 2, 3, MainArguments::threadPool)).in(MAIN).repeatable()
            .doc("Accepted without effect.");
    final Directive<Boolean> pcreJit = directive("pcre_jit", flag()).in(MAIN).orElse(false)
            .doc("Accepted; expressions are compiled where that is possible.");
    final Directive<Long> timerResolution = directive("timer_resolution", millis()).in(MAIN).orElse(0L)
            .doc("Accepted; the time is read once in each turn of a loop.");
    final Directive<DebugPoints> debugPoints = directive("debug_points", choice(DebugPoints.class)).in(MAIN)
            .doc("Accepted without effect.");
    final Directive<String> sslEngine = directive("ssl_engine", text("device")).in(MAIN)
            .doc("Accepted without effect.");

    final Directive<Boolean> events = directive("events", block()).in(MAIN).opens(EVENTS).local()
            .doc("The block of all that is about connections.");
    final Directive<Integer> workerConnections = directive("worker_connections",
            of("number", 1, 1, MainArguments::connections)).in(EVENTS).orElse(512)
            .doc("How many client connections each event loop may have at once.");
    final Directive<String> use = directive("use", of("method", 1, 1, MainArguments::eventMethod)).in(EVENTS)
            .doc("Accepted; the best method is chosen.");
    final Directive<Boolean> multiAccept = directive("multi_accept", flag()).in(EVENTS).orElse(false)
            .doc("Whether an event loop takes all waiting connections at once.");
    final Directive<Boolean> acceptMutex = directive("accept_mutex", flag()).in(EVENTS).orElse(false)
            .doc("Accepted without effect: each event loop has a listening socket of its own.");
    final Directive<Long> acceptMutexDelay = directive("accept_mutex_delay", millis()).in(EVENTS).orElse(500L)
            .doc("Accepted without effect.");
    final Directive<List<Word>> debugConnection = directive("debug_connection", words("address | CIDR | unix:", 1, 1))
            .in(EVENTS).repeatable().doc("Accepted without effect.");
    final Directive<Integer> workerAioRequests = directive("worker_aio_requests", number()).in(EVENTS).orElse(32)
            .doc("Accepted without effect.");
    final Directive<Integer> epollEvents = directive("epoll_events", number()).in(EVENTS).orElse(512)
            .doc("Accepted without effect.");

    MainModule() {
        super("main");
    }
}
