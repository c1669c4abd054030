package dev.p2p.cli.crawl.result;

/**
 * One line of {@code edges.jsonl}: one node told the address of another.
 *
 * @param from who told, an identity
 * @param to whose address, an identity
 */
public record EdgeRow(String from, String to) implements OwnLine {

    @Override
    public boolean isOurs() {
        return from != null && to != null;
    }
}
