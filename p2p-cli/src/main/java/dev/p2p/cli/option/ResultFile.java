package dev.p2p.cli.option;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of every command whose result is a file. */
public final class ResultFile {

    @Option(names = "--out", paramLabel = "FILE", description = "where to; default: standard output")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--force", description = "replace a file that exists")
    private boolean force;

    /** Where to; empty for standard output. */
    public Optional<Path> file() {
        return file;
    }

    /** Whether a file that exists is replaced. */
    public boolean force() {
        return force;
    }
}
