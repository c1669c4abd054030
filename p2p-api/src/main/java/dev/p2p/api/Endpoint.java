package dev.p2p.api;

/** Where a transport can listen or dial. Unlike a {@link NodeAddress} it names a place, not a node, and needs no look-up. */
public sealed interface Endpoint permits NetEndpoint, LocalEndpoint {

    /** The protocol that selects the transport, lower case, such as {@code tcp}. */
    String protocol();
}
