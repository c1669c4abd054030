package dev.p2p.cli.crawl;

import dev.p2p.api.AddressScope;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.cli.crawl.result.CrawlFolder;
import dev.p2p.cli.crawl.result.CrawlResult;
import dev.p2p.cli.crawl.result.FrontierRow;
import dev.p2p.cli.crawl.result.JsonLines;
import dev.p2p.cli.crawl.result.NodeRow;
import dev.p2p.cli.dial.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
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

    /** Fills the frontier: whom an earlier run has visited, where to begin, and what that run had heard and not visited. */
    void fill(Frontier frontier, CrawlFolder folder) throws IOException {
        before.nodes().stream()
                .map(NodeRow::id)
                .filter(id -> id != null)
                .forEach(id -> frontier.visited(NodeId.parse(id)));
        Set<String> visitedPlaces =
                before.nodes().stream().map(NodeRow::address).collect(Collectors.toSet());
        starts.stream().filter(place -> !visitedPlaces.contains(place.text())).forEach(frontier::start);
        JsonLines.read(folder.frontier(), FrontierRow.class, row -> {
            try {
                frontier.add(NodeAddress.parse(row.address()), NodeId.parse(row.source()), row.depth());
            } catch (IllegalArgumentException e) {
                // Not a line of ours; the crawl goes on without it.
                return;
            }
        });
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
