package dev.p2p.cli.option;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option of every command that may skip parts of what it reads. */
public final class ReportFile {

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "write what was skipped there, one JSON object a line")
    private Optional<Path> file = Optional.empty();

    /** Where to; empty for nowhere. */
    public Optional<Path> file() {
        return file;
    }
}
