package dev.p2p.cli.listing;

import dev.p2p.cli.option.CommonOptions;
import dev.p2p.cli.option.Surroundings;
import dev.p2p.cli.output.Printable;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the commands have in common that list what is in files. */
public abstract class FileListing implements Callable<Integer> {

    protected final Surroundings around;

    @Mixin
    protected CommonOptions common = new CommonOptions();

    @Mixin
    private ListingOptions listing = new ListingOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    protected FileListing(Surroundings around) {
        this.around = around;
    }

    /** Shows rows as the command line asks. */
    protected final <T> void show(Listing<T> form, List<T> rows) {
        listing.show(form, selection -> rows.forEach(selection::offer), spec, common, around);
    }

    /** Says on standard error what could not be listed. The text may come from a file. */
    protected final void remark(String verdict, String text) {
        spec.commandLine().getErr().println(verdict + " " + Printable.of(text));
    }
}
