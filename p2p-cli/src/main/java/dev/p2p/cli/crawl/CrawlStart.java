package dev.p2p.cli.crawl;

import dev.p2p.api.AddressScope;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.cli.crawl.result.CrawlFolder;
import dev.p2p.cli.crawl.result.CrawlResult;
import dev.p2p.cli.crawl.result.EdgeRow;
import dev.p2p.cli.crawl.result.FrontierRow;
import dev.p2p.cli.crawl.result.JsonLines;
import dev.p2p.cli.crawl.result.NodeRow;
import dev.p2p.cli.dial.Target;
import dev.p2p.cli.output.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a crawl begins: at the places that were named, and, when it goes on with an earlier one, with what that had left.
 *
 * @param starts the places that were named
 * @param before what is in the folder already
 */
record CrawlStart(List<Target> starts, CrawlResult before) {

    /** The start of a run: at the places that are named now, and at those that the runs before were given. Each counts once. */
    static CrawlStart of(List<Target> named, CrawlFolder folder) throws IOException {
        Map<String, Target> places = new LinkedHashMap<>();
        named.forEach(place -> places.putIfAbsent(place.canonical(), place));
        JsonLines.read(folder.frontier(), FrontierRow.class, row -> {
            if (row.source() == null) {
                try {
                    Target place = Target.parse(row.address());
                    places.putIfAbsent(place.canonical(), place);
                } catch (Failure e) {
                    // Not a line of ours; the crawl goes on without it.
                    return;
                }
            }
        });
        return new CrawlStart(List.copyOf(places.values()), CrawlResult.read(folder));
    }

    /**
     * Fills the frontier: whom an earlier run has visited, where to begin, what that run had heard and not visited, and who may
     * know more than it told then.
     */
    void fill(Frontier frontier, CrawlFolder folder, CrawlLimits limits, long now) throws IOException {
        before.nodes()
                .forEach(row -> frontier.visited(Optional.ofNullable(row.id()).map(NodeId::parse)));
        Set<String> visitedPlaces =
                before.nodes().stream().map(NodeRow::address).collect(Collectors.toSet());
        starts.stream()
                .filter(place -> !visitedPlaces.contains(place.canonical()))
                .forEach(frontier::start);
        JsonLines.read(folder.frontier(), FrontierRow.class, row -> {
            String source = row.source();
            if (source == null) {
                return;
            }
            try {
                frontier.add(NodeAddress.parse(row.address()), NodeId.parse(source), row.depth());
            } catch (IllegalArgumentException e) {
                // Not a line of ours; the crawl goes on without it.
                return;
            }
        });
        long due = now + limits.betweenQuestions().toNanos();
        unfinished(folder, limits).forEach(candidate -> frontier.rest(candidate, due));
    }

    private List<Candidate> unfinished(CrawlFolder folder, CrawlLimits limits) throws IOException {
        Map<String, Candidate> candidates = new LinkedHashMap<>();
        long neighbours = 0;
        for (NodeRow row : before.nodes()) {
            String id = row.id();
            boolean unfinished = row.mayKnowMore() && row.timesAnswered() < limits.rounds();
            if (id != null && unfinished && neighbours + row.told() <= CrawlLimits.MOST_REMEMBERED) {
                neighbours += row.told();
                candidates.put(id, again(row, NodeId.parse(id)));
            }
        }
        if (!candidates.isEmpty()) {
            JsonLines.read(folder.edges(), EdgeRow.class, edge -> {
                Candidate teller = candidates.get(edge.from());
                if (teller != null && NodeRow.isIdentity(edge.to())) {
                    teller.told().remember(NodeId.parse(edge.to()));
                }
            });
        }
        return List.copyOf(candidates.values());
    }

    private static Candidate again(NodeRow row, NodeId id) {
        NodeId source = row.source() == null ? null : NodeId.parse(row.source());
        Told told = new Told(row.timesAnswered(), row.told(), row.malformed(), row.newInLastAnswer());
        return Candidate.again(id, Target.parse(row.address()), source, row.depth(), told);
    }

    /** Edges of nodes without a line: the run was killed between the two, and the visit is made again. */
    Set<EdgeRow> edgesLeftBehind(CrawlFolder folder) throws IOException {
        Set<String> visited = before.nodes().stream().map(NodeRow::key).collect(Collectors.toSet());
        Set<EdgeRow> edges = new HashSet<>();
        JsonLines.read(folder.edges(), EdgeRow.class, edge -> {
            if (!visited.contains(edge.from())) {
                edges.add(edge);
            }
        });
        return edges;
    }

    /** The network of an earlier run. */
    Optional<String> network() {
        return before.nodes().stream()
                .filter(NodeRow::answered)
                .map(NodeRow::network)
                .filter(name -> name != null)
                .findFirst();
    }

    /** The narrowest scope of a start. Host names are looked up for this. */
    AddressScope narrowestScope() {
        Stream<Target> earlier =
                before.nodes().stream().filter(row -> row.depth() == 0).map(row -> Target.parse(row.address()));
        return Stream.concat(starts.stream(), earlier)
                .map(CrawlStart::scope)
                .min(AddressScope::compareTo)
                .orElse(AddressScope.PUBLIC);
    }

    private static AddressScope scope(Target place) {
        if (place.place().isEmpty()) {
            return AddressScope.LOCAL;
        }
        try {
            return AddressScope.of(InetAddress.getByName(place.place().get().host()));
        } catch (UnknownHostException e) {
            return AddressScope.NAME;
        }
    }
}
