package dev.p2p.cli.tree;

import dev.p2p.cli.option.CommonOptions;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that has others below it, and makes them only when they are needed: loading all of them costs time at every start. */
public abstract class Group implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("UnusedVariable") // read by picocli
    private CommonOptions common = new CommonOptions();

    /** The names of the commands below, in the order of the help. */
    public abstract List<String> names();

    /**
     * Makes one of them.
     *
     * @param name one of {@link #names()}
     */
    public abstract Object command(String name);

    /** Runs when the command line ends here. */
    @Override
    public void run() {
        throw missing(spec.name() + " needs a verb: " + String.join(", ", names()));
    }

    /** What is wrong with a command line that ends here. */
    protected final ParameterException missing(String what) {
        return new ParameterException(spec.commandLine(), what);
    }

    /** What {@link #command} answers to a name that is none of its own. */
    protected static IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException("there is no command " + name);
    }
}
