package dev.p2p.cli.completion;

import dev.p2p.cli.option.CommonOptions;
import dev.p2p.cli.option.OneForm;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import dev.p2p.cli.tree.CommandTree;
import dev.p2p.cli.tree.Group;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code p2p manual}: pages for {@code man}, one for each command, from the same words as the help. */
@Command(
        name = "manual",
        hidden = true,
        description = "Writes the manual's pages into a folder: then 'man ./p2p-peers-list.1' shows one.")
public final class ManualCommand implements Runnable, OneForm {

    private final Supplier<Group> program;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("UnusedVariable") // read by picocli
    private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "DIR", description = "where to; made if it is missing")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path folder;

    /**
     * The command.
     *
     * @param program makes the program that is described
     */
    public ManualCommand(Supplier<Group> program) {
        this.program = program;
    }

    @Override
    public void run() {
        Map<String, String> pages = ManualPages.of(CommandTree.whole(program.get()));
        try {
            Files.createDirectories(folder);
            for (Map.Entry<String, String> page : pages.entrySet()) {
                Files.writeString(folder.resolve(page.getKey()), page.getValue());
            }
        } catch (IOException e) {
            throw Failure.of(
                            "P2P-FILE-UNWRITABLE",
                            ExitCode.FAILED,
                            "cannot write the manual into " + folder,
                            String.valueOf(e))
                    .tryThis("choose another folder")
                    .causedBy(e);
        }
        spec.commandLine().getOut().println("wrote " + pages.size() + " pages into " + folder);
    }
}
