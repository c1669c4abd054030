package dev.p2p.cli.plugin;

import dev.p2p.cli.option.CommonOptions;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import dev.p2p.cli.output.Json;
import dev.p2p.cli.output.OutputFormat;
import dev.p2p.cli.output.Table;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code p2p plugins list}. */
@Command(name = "list", description = "Lists plug-ins and where they came from.")
final class PluginsListCommand implements Callable<Integer> {

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        Plugins plugins = Plugins.load(common.plugins());
        PrintWriter out = spec.commandLine().getOut();
        if (common.output() == OutputFormat.JSON) {
            Json.printList(
                    out,
                    "plugins",
                    plugins.listed().stream().map(PluginsListCommand::fields).toList());
        } else {
            table(plugins.listed()).print(out);
        }
        out.flush();
        return explainBroken(plugins);
    }

    /** The list itself is complete; what is broken is said on the side, and the exit code tells. */
    private int explainBroken(Plugins plugins) {
        try {
            plugins.requireSound();
            return ExitCode.OK;
        } catch (Failure broken) {
            broken.print(spec.commandLine().getErr());
            return ExitCode.PARTLY;
        }
    }

    private static Table table(List<Plugin> plugins) {
        Table table = new Table("KIND", "NAME", "MODULE", "STATE", "FROM");
        plugins.forEach(p -> table.row(p.kind(), p.name(), p.module(), p.state(), p.from()));
        return table;
    }

    private static Map<String, String> fields(Plugin plugin) {
        return Map.of(
                "kind", plugin.kind(),
                "name", plugin.name(),
                "module", plugin.module(),
                "state", plugin.state(),
                "from", plugin.from());
    }
}
