package dev.p2p.cli.crawl.result;

/**
 * One line of {@code frontier.jsonl}: an address that was heard for the first time. An interrupted crawl goes on with those that
 * no visit followed.
 *
 * @param address with identity
 * @param source who told, an identity
 * @param depth steps from a start
 */
public record FrontierRow(String address, String source, int depth) {}
