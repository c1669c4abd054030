package dev.p2p.cli.peers;

import dev.p2p.cli.option.Surroundings;
import dev.p2p.cli.tree.Group;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code p2p peers}: what a node knows of its peers. */
@Command(
        name = "peers",
        description = "Inspects and changes the peers that a node knows.",
        header = {
            "Examples:",
            "  p2p peers list --home ./node --sort -score",
            "  p2p peers list --db ./node/data/peers --filter 'state==backing-off && failures>5'",
            "  p2p peers show 8f1d --home ./node",
            "  p2p peers ban 8f1d --for 24h --reason spam --home ./node",
            ""
        })
public final class PeersCommand extends Group {

    private static final List<String> NAMES = List.of(
            "list",
            "show",
            "explain",
            "history",
            "scores",
            "stats",
            "bans",
            "add",
            "remove",
            "connect",
            "disconnect",
            "ban",
            "unban",
            "export",
            "import",
            "diff",
            "prune",
            "verify",
            "compact",
            "salvage");

    private final Surroundings around;

    public PeersCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public List<String> names() {
        return NAMES;
    }

    @Override
    public Object command(String name) {
        return switch (name) {
            case "list" -> new PeersListCommand(around);
            case "show" -> new PeersShowCommand(around);
            case "add" -> new PeersAddCommand(around);
            case "explain" -> new PeersExplainCommand(around);
            case "connect" -> new PeersConnectCommand(around);
            case "disconnect" -> new PeersDisconnectCommand(around);
            case "remove" -> new PeersRemoveCommand(around);
            case "ban" -> new PeersBanCommand(around);
            case "unban" -> new PeersUnbanCommand(around);
            case "bans" -> new PeersBansCommand(around);
            case "history" -> new PeersHistoryCommand(around);
            case "scores" -> new PeersScoresCommand(around);
            case "stats" -> new PeersStatsCommand(around);
            case "export" -> new PeersExportCommand(around);
            case "import" -> new PeersImportCommand(around);
            case "diff" -> new PeersDiffCommand(around);
            case "prune" -> new PeersPruneCommand(around);
            case "verify" -> new PeersVerifyCommand(around);
            case "compact" -> new PeersCompactCommand(around);
            case "salvage" -> new PeersSalvageCommand(around);
            default -> throw unknown(name);
        };
    }
}
