package dev.p2p.cli.target;

import dev.p2p.api.NodeId;
import dev.p2p.api.store.PeerStoreProvider.Access;
import dev.p2p.cli.control.ControlClient;
import dev.p2p.cli.control.ControlSocket;
import dev.p2p.cli.key.NodeKeyFile;
import dev.p2p.cli.option.CommonOptions;
import dev.p2p.cli.option.DurationArgument;
import dev.p2p.cli.option.Surroundings;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import dev.p2p.cli.peerdata.PeerSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Which peers a command is about: those of a store's folder or of a node's home. */
public final class TargetOptions {

    private static final String HOME_VARIABLE = "P2P_HOME";

    @Option(names = "--db", paramLabel = "DIR", description = "a store's folder; a node keeps it in HOME/data/peers")
    private Optional<Path> db = Optional.empty();

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "a node's home: the node itself while it runs, else its store; default: $P2P_HOME")
    private Optional<Path> home = Optional.empty();

    @Option(names = "--control", paramLabel = "URI", description = "a running node's control socket, unix:///PATH")
    private Optional<String> control = Optional.empty();

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "how long a running node may say nothing; default ${DEFAULT-VALUE}")
    private String timeout = "35s";

    @Option(names = "--store", paramLabel = "KIND", description = "the kind of store; default ${DEFAULT-VALUE}")
    private String kind = "rocksdb";

    /** Opens what answers, and says on standard error which it is. */
    public PeerSource open(Access access, CommandSpec spec, CommonOptions common, Surroundings around) {
        common.startLog();
        Optional<LiveSource> live = live(spec, common, around);
        PeerSource source =
                live.isPresent() ? live.get() : StoreSource.open(offline(spec, common, around), access, around.clock());
        announce(source.name(), spec, common);
        return source;
    }

    /** Opens what something is added to. A store that is not there is made; in a dry run an empty one stands for it. */
    public PeerSource openToAdd(boolean dryRun, CommandSpec spec, CommonOptions common, Surroundings around) {
        return change(true, dryRun, spec, common, around);
    }

    /** Opens what is changed. A store that is not there is not made for that. */
    public PeerSource openToChange(boolean dryRun, CommandSpec spec, CommonOptions common, Surroundings around) {
        return change(false, dryRun, spec, common, around);
    }

    private PeerSource change(
            boolean makes, boolean dryRun, CommandSpec spec, CommonOptions common, Surroundings around) {
        common.startLog();
        Optional<LiveSource> live = live(spec, common, around);
        PeerSource source =
                live.isPresent() ? live.get() : offline(makes, dryRun, offline(spec, common, around), around);
        announce(source.name(), spec, common);
        return source;
    }

    private static PeerSource offline(boolean makes, boolean dryRun, StoreFolder folder, Surroundings around) {
        if (!makes) {
            folder.requireThere();
        } else if (dryRun && !folder.isThere()) {
            return StoreSource.imagined(folder, around.clock());
        }
        return StoreSource.open(folder, dryRun ? Access.READ_ONLY : Access.READ_WRITE, around.clock());
    }

    /** The running node, for what no store can answer. */
    public LiveSource running(CommandSpec spec, CommonOptions common, Surroundings around) {
        common.startLog();
        if (db.isPresent()) {
            throw Failure.usage("--db names a store; this asks a running node", spec.qualifiedName());
        }
        LiveSource source = live(spec, common, around).orElseThrow(() -> notRunning(spec, around));
        announce(source.name(), spec, common);
        return source;
    }

    private Optional<LiveSource> live(CommandSpec spec, CommonOptions common, Surroundings around) {
        requireOne(spec);
        Duration patience = DurationArgument.parse("--timeout", timeout);
        if (control.isPresent()) {
            Path socket = socket(spec);
            return Optional.of(ControlClient.connect(socket, patience)
                    .map(client -> new LiveSource(client, socket, Optional.empty()))
                    .orElseThrow(() -> nobody(socket)));
        }
        if (db.isPresent()) {
            return Optional.empty();
        }
        return home(around).flatMap(folder -> {
            Path socket = ControlSocket.in(folder);
            StoreFolder memory = new StoreFolder(peers(folder), kind, common.plugins());
            return ControlClient.connect(socket, patience)
                    .map(client -> new LiveSource(client, socket, Optional.of(memory)));
        });
    }

    private Path socket(CommandSpec spec) {
        try {
            return ControlSocket.parse(control.orElseThrow());
        } catch (IllegalArgumentException e) {
            throw Failure.usage(String.valueOf(e.getMessage()), spec.qualifiedName())
                    .causedBy(e);
        }
    }

    private void requireOne(CommandSpec spec) {
        if (Stream.of(db, home, control).filter(Optional::isPresent).count() > 1) {
            throw Failure.usage("--db, --home and --control exclude each other", spec.qualifiedName());
        }
    }

    private Failure notRunning(CommandSpec spec, Surroundings around) {
        return home(around)
                .map(folder -> Failure.of(
                                "P2P-NODE-NOT-RUNNING",
                                ExitCode.NO_ANSWER,
                                "cannot ask the node of " + folder,
                                "nobody answers at " + ControlSocket.in(folder)
                                        + ": no node runs there, or one that makes no such socket, as those of p2p demo")
                        .tryThis("p2p node run --home " + folder)
                        .orThis("p2p peers list --home " + folder + "   shows what it remembers"))
                .orElseGet(() -> Failure.usage("which node? --home or --control is missing", spec.qualifiedName())
                        .tryThis(spec.qualifiedName() + " --home DIR   names a node's home"));
    }

    private static Failure nobody(Path socket) {
        return Failure.of(
                        "P2P-NODE-NOT-RUNNING",
                        ExitCode.NO_ANSWER,
                        "cannot ask the node at " + socket,
                        "nobody answers there")
                .tryThis("p2p node run --home DIR   makes " + ControlSocket.in(Path.of("DIR")));
    }

    /** The store's folder itself, for what concerns files, whether or not a node runs. */
    public StoreFolder offline(CommandSpec spec, CommonOptions common, Surroundings around) {
        requireOne(spec);
        if (control.isPresent()) {
            throw Failure.usage("--control names a running node; this works on a store", spec.qualifiedName());
        }
        Optional<Path> folder = db.or(() -> home(around).map(TargetOptions::peers));
        if (folder.isEmpty()) {
            throw Failure.usage("whose peers? --db or --home is missing", spec.qualifiedName())
                    .tryThis(spec.qualifiedName() + " --home DIR   names a node's home")
                    .orThis(spec.qualifiedName() + " --db DIR   names a store's folder");
        }
        return new StoreFolder(folder.get(), kind, common.plugins());
    }

    /** Who the node of the home is, if a home is named and has a key. */
    public Optional<NodeId> self(Surroundings around) {
        return home(around)
                .map(folder -> folder.resolve("config").resolve("node_key.json"))
                .filter(Files::isRegularFile)
                .map(file -> NodeKeyFile.read(file).id());
    }

    /** Says on standard error who answers. */
    public static void announce(String name, CommandSpec spec, CommonOptions common) {
        if (!common.isQuiet()) {
            spec.commandLine().getErr().println("source: " + name);
            spec.commandLine().getErr().flush();
        }
    }

    private Optional<Path> home(Surroundings around) {
        return home.or(() -> around.variable(HOME_VARIABLE).map(Path::of));
    }

    private static Path peers(Path home) {
        if (!Files.isDirectory(home)) {
            throw Failure.of(
                            "P2P-HOME-NOT-FOUND",
                            ExitCode.NOT_FOUND,
                            "cannot find the node's home " + home,
                            "there is no such folder")
                    .tryThis("name the folder that the node was started with: p2p node run --home DIR");
        }
        return home.resolve("data").resolve("peers");
    }
}
