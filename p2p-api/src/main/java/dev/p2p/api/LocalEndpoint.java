package dev.p2p.api;

/**
 * A place inside this machine or process that has a name instead of an IP address.
 *
 * @param protocol the protocol that selects the transport, lower case
 * @param name what the transport understands: a path, a node ID, a queue's name; not empty
 */
public record LocalEndpoint(String protocol, String name) implements Endpoint {

    public LocalEndpoint {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a local endpoint needs a name");
        }
    }

    /** Canonical text such as {@code memory:name}. */
    @Override
    public String toString() {
        return protocol + ":" + name;
    }
}
