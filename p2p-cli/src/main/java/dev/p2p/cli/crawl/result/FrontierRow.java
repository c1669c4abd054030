package dev.p2p.cli.crawl.result;

import org.jspecify.annotations.Nullable;

/**
 * One line of {@code frontier.jsonl}: an address that was heard for the first time, or a start. An interrupted crawl goes on with
 * those that no visit followed.
 *
 * @param address with identity; a start's as it was named
 * @param source who told, an identity; null for a start
 * @param depth steps from a start
 */
public record FrontierRow(String address, @Nullable String source, int depth) implements OwnLine {

    @Override
    public boolean isOurs() {
        return address != null;
    }
}
