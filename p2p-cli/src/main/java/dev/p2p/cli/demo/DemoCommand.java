package dev.p2p.cli.demo;

import dev.p2p.cli.node.Termination;
import dev.p2p.cli.option.CommonOptions;
import dev.p2p.cli.option.DurationArgument;
import dev.p2p.cli.option.OneForm;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import dev.p2p.cli.output.Units;
import dev.p2p.cli.plugin.Plugins;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code p2p demo}: the platform at work, on loopback only. */
@Command(
        name = "demo",
        description = {
            "Starts several complete nodes in one process. Node 1 is the only one that the others know;",
            "they find each other, send, broadcast and measure. Nothing leaves this machine."
        })
public final class DemoCommand implements Runnable, OneForm {

    private static final int MAX_NODES = 64;
    private static final Duration FRAME = Duration.ofSeconds(1);

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--nodes", paramLabel = "N", description = "2 to " + MAX_NODES + "; default ${DEFAULT-VALUE}")
    private int nodes = 8;

    @Option(names = "--transport", paramLabel = "NAME", description = "tcp or memory; default ${DEFAULT-VALUE}")
    private String transport = "tcp";

    @Option(names = "--for", paramLabel = "TIME", description = "how long, such as 15s; default ${DEFAULT-VALUE}")
    private String lifetime = "15s";

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "where the nodes' folders go; default: a new temporary folder")
    private Optional<Path> home = Optional.empty();

    @Override
    public void run() {
        if (nodes < 2 || nodes > MAX_NODES) {
            throw Failure.usage("--nodes is 2 to " + MAX_NODES + ", not " + nodes, "p2p demo");
        }
        if (!DemoNetwork.PROTOCOLS.contains(transport)) {
            throw Failure.of(
                            "P2P-TRANSPORT-UNKNOWN",
                            ExitCode.USAGE,
                            "cannot run the demo over " + transport,
                            "it runs over tcp or memory")
                    .tryThis("p2p demo --transport tcp")
                    .orThis("p2p demo --transport memory");
        }
        Duration limit = DurationArgument.parse("--for", lifetime);
        common.startDemoLog();
        Plugins plugins = Plugins.load(common.plugins()).requireSound();
        Path folder = home.orElseGet(DemoCommand::temporaryFolder);
        PrintWriter out = spec.commandLine().getOut();
        try (Termination termination = new Termination()) {
            out.println("starting " + nodes + " nodes over " + transport + " in " + folder);
            Path firstStore = runNetwork(plugins, folder, out, termination, limit);
            out.println("look into a node's store: " + asTyped() + " peers list --db " + quoted(firstStore));
            out.flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw Failure.of(
                            "P2P-DEMO-FAILED", ExitCode.FAILED, "cannot start the demo", String.valueOf(e.getMessage()))
                    .tryThis("p2p demo --transport memory")
                    .causedBy(e);
        }
    }

    /** Runs the nodes and closes them. Returns the folder of the first one's store. */
    private Path runNetwork(Plugins plugins, Path folder, PrintWriter out, Termination termination, Duration limit)
            throws IOException, InterruptedException {
        long began = System.nanoTime();
        try (DemoNetwork network = new DemoNetwork(plugins, transport, folder)) {
            network.start(nodes);
            DemoScreen screen = new DemoScreen(network);
            show(screen, out, termination, limit);
            screen.summary(Units.duration(Duration.ofNanos(System.nanoTime() - began)))
                    .forEach(out::println);
            return network.store(1);
        }
    }

    private static void show(DemoScreen screen, PrintWriter out, Termination termination, Duration limit)
            throws InterruptedException {
        Console console = System.console();
        boolean terminal = console != null && console.isTerminal();
        long end = System.nanoTime() + limit.toNanos();
        int drawn = 0;
        while (true) {
            long left = end - System.nanoTime();
            if (left <= 0
                    || termination.await(
                            FRAME.toNanos() < left ? FRAME : Duration.ofNanos(Math.max(1_000_000, left)))) {
                return;
            }
            if (terminal) {
                drawn = redraw(out, screen.table(), drawn);
            } else {
                out.println(screen.line());
            }
            out.flush();
        }
    }

    /** Goes back over the last frame and writes the new one; what is left of longer lines is erased. */
    private static int redraw(PrintWriter out, List<String> lines, int drawn) {
        if (drawn > 0) {
            out.print("\033[" + drawn + "A");
        }
        // Wrapped lines would take more of the screen than is gone back over; the terminal cuts them instead.
        out.print("\033[?7l");
        lines.forEach(line -> out.print(line + "\033[K\n"));
        out.print("\033[J\033[?7h");
        return lines.size();
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("p2p-demo-");
        } catch (IOException e) {
            throw Failure.of(
                            "P2P-HOME-NOT-WRITABLE",
                            ExitCode.NOT_PERMITTED,
                            "cannot make a temporary folder",
                            String.valueOf(e.getMessage()))
                    .tryThis("name a folder with --home")
                    .causedBy(e);
        }
    }

    /** The program as the user called it; the script that builds it says so. */
    private static String asTyped() {
        String typed = System.getenv("P2P_TYPED_AS");
        return typed == null ? "p2p" : quoted(typed);
    }

    private static String quoted(Path path) {
        return quoted(path.toString());
    }

    private static String quoted(String text) {
        return text.matches("[\\w./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
