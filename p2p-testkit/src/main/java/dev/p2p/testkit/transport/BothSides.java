package dev.p2p.testkit.transport;

/**
 * Two of a kind, one for each side of a connection.
 *
 * @param <T> what each side has
 * @param dialer of the side that opened the connection
 * @param acceptor of the side that accepted it
 */
public record BothSides<T>(T dialer, T acceptor) {}
