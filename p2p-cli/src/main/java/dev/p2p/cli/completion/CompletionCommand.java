package dev.p2p.cli.completion;

import dev.p2p.cli.option.CommonOptions;
import dev.p2p.cli.option.OneForm;
import dev.p2p.cli.tree.CommandTree;
import dev.p2p.cli.tree.Group;
import java.util.Locale;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code p2p completion}: what a shell needs to complete command lines. */
@Command(
        name = "completion",
        description = "Prints a completion script for a shell.",
        header = {
            "Examples:",
            "  source <(p2p completion bash)",
            "  p2p completion zsh > ~/.p2p-completion.zsh    # and source it in ~/.zshrc",
            "  p2p completion fish > ~/.config/fish/completions/p2p.fish",
            ""
        })
public final class CompletionCommand implements Runnable, OneForm {

    private final Supplier<Group> program;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("UnusedVariable") // read by picocli
    private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Shell shell;

    /** The shells for which there is a script. */
    enum Shell {
        BASH,
        ZSH,
        FISH
    }

    /**
     * The command.
     *
     * @param program makes the program whose lines are completed
     */
    public CompletionCommand(Supplier<Group> program) {
        this.program = program;
    }

    @Override
    public void run() {
        CommandLine whole = CompletionModel.prepare(CommandTree.whole(program.get()));
        String script = switch (shell) {
            case BASH, ZSH -> bash(whole);
            case FISH -> FishScript.of(whole);
        };
        spec.commandLine().getOut().print(script);
        spec.commandLine().getOut().flush();
    }

    /** picocli's script serves both shells: it switches zsh to bash's way of completing. */
    private static String bash(CommandLine whole) {
        String name = whole.getCommandName().toLowerCase(Locale.ROOT);
        return AutoComplete.bash(name, whole);
    }
}
