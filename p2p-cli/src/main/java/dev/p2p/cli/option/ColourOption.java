package dev.p2p.cli.option;

import dev.p2p.cli.output.Ink;
import picocli.CommandLine.Option;

/** The option of every command whose screen may have colours. */
public final class ColourOption {

    @Option(names = "--color", paramLabel = "WHEN", description = "auto, always or never; default ${DEFAULT-VALUE}")
    private ColourChoice colour = ColourChoice.AUTO;

    /** What to paint with. */
    public Ink ink(Surroundings around) {
        return colour.ink(around);
    }
}
