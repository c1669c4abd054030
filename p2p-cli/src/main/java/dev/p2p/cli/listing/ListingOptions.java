package dev.p2p.cli.listing;

import dev.p2p.cli.filter.Filter;
import dev.p2p.cli.filter.FilterException;
import dev.p2p.cli.filter.FilterParser;
import dev.p2p.cli.option.AnyFormat;
import dev.p2p.cli.option.ColourOption;
import dev.p2p.cli.option.CommonOptions;
import dev.p2p.cli.option.Surroundings;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options of every listing. */
public final class ListingOptions implements AnyFormat {

    @Option(
            names = "--columns",
            split = ",",
            paramLabel = "NAME",
            description = "the columns to show, in this order, separated by commas")
    private List<String> columns = new ArrayList<>();

    @Option(names = "--sort", paramLabel = "[-]COLUMN", description = "sort by a column; with - the largest first")
    private Optional<String> sort = Optional.empty();

    @Option(
            names = "--filter",
            paramLabel = "EXPR",
            description = "rows to show, such as 'score<40 && state in (backing-off,banned)'; see docs/cli.md")
    private Optional<String> filter = Optional.empty();

    @Option(names = "--limit", paramLabel = "N", description = "at most so many; 0 for all; default ${DEFAULT-VALUE}")
    private int limit = 100;

    @Option(names = "--no-headers", description = "no header and no count")
    private boolean noHeaders;

    @Option(
            names = {"-w", "--watch"},
            arity = "0..1",
            fallbackValue = "2s",
            paramLabel = "TIME",
            description = "show again and again, every 2s or as often as said; with -o jsonl only what changed")
    private Optional<String> watch = Optional.empty();

    @Mixin
    private ColourOption colour = new ColourOption();

    /** Where a listing's rows come from. */
    @FunctionalInterface
    public interface Rows<T> {

        /** Offers all rows. */
        void into(Selection<T> selection);
    }

    /** Shows a listing as the command line asks. */
    public <T> void show(
            Listing<T> listing, Rows<T> rows, CommandSpec spec, CommonOptions common, Surroundings around) {
        show(listing, Filter.EVERYTHING, rows, spec, common, around);
    }

    /** Shows those rows of a listing that also fulfil the command's own condition. */
    public <T> void show(
            Listing<T> listing,
            Filter condition,
            Rows<T> rows,
            CommandSpec spec,
            CommonOptions common,
            Surroundings around) {
        String command = spec.qualifiedName();
        Filter wanted = condition(listing, condition, command);
        Comparator<T> order = sort.map(by -> order(listing, by, command)).orElse(null);
        List<Column<T>> chosen = chosen(listing, command);
        if (limit < 0) {
            throw Failure.usage("--limit is 0 or more, not " + limit, command);
        }
        Presentation<T> presentation = new Presentation<>(
                listing,
                chosen,
                common.format(),
                !noHeaders,
                colour.ink(around),
                spec.commandLine().getOut(),
                common.isQuiet() ? null : spec.commandLine().getErr());
        Watching watching = Watching.of(watch, around);
        do {
            Instant now = around.clock().instant();
            Selection<T> selection = new Selection<>(listing, wanted, order, limit, now);
            rows.into(selection);
            watching.clear(spec.commandLine().getOut(), common.format());
            presentation.print(selection, now, watching.again());
        } while (watching.pause());
    }

    private <T> Filter condition(Listing<T> listing, Filter condition, String command) {
        if (filter.isEmpty()) {
            return condition;
        }
        try {
            Filter own = FilterParser.parse(filter.get(), listing.fields());
            return condition == Filter.EVERYTHING ? own : new Filter.All(List.of(condition, own));
        } catch (FilterException e) {
            throw Failure.of(
                            "P2P-FILTER-INVALID",
                            ExitCode.USAGE,
                            "cannot understand the filter " + cut(filter.get()),
                            "at character " + e.position() + ": " + e.getMessage())
                    .tryThis("--filter 'FIELD<VALUE && (FIELD==VALUE || FIELD in (A,B))'")
                    .orThis(command + " --help")
                    .causedBy(e);
        }
    }

    private static String cut(String text) {
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }

    private static <T> Comparator<T> order(Listing<T> listing, String by, String command) {
        boolean largestFirst = by.startsWith("-");
        Column<T> column = known(listing, by.substring(largestFirst ? 1 : 0), command);
        Comparator<Object> values = Listed.order(column.kind());
        Comparator<Object> directed = largestFirst ? values.reversed() : values;
        return (a, b) -> {
            Object left = column.value().apply(a);
            Object right = column.value().apply(b);
            if (left == null || right == null) {
                return Boolean.compare(left == null, right == null);
            }
            return directed.compare(left, right);
        };
    }

    private <T> @Nullable List<Column<T>> chosen(Listing<T> listing, String command) {
        if (columns.isEmpty()) {
            return null;
        }
        List<Column<T>> found = new ArrayList<>();
        for (String name : columns) {
            found.add(known(listing, name.strip(), command));
        }
        return found;
    }

    private static <T> Column<T> known(Listing<T> listing, String name, String command) {
        Column<T> column = listing.column(name);
        if (column != null) {
            return column;
        }
        throw Failure.of(
                        "P2P-COLUMN-UNKNOWN",
                        ExitCode.USAGE,
                        "cannot find the column " + name,
                        "the columns are "
                                + String.join(
                                        ", ",
                                        listing.columns().stream()
                                                .map(Column::name)
                                                .toList()))
                .tryThis(command + " --columns " + listing.table().getFirst())
                .orThis(command + " -o wide   shows more of them");
    }
}
