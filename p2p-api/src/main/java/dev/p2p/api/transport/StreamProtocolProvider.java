package dev.p2p.api.transport;

import java.util.Map;

/** Publishes a stream protocol to {@link java.util.ServiceLoader}. Has a public constructor without parameters and no state. */
public interface StreamProtocolProvider {

    /** The protocol's name, lower case, such as {@code comet}. */
    String name();

    /**
     * Makes the protocol for one node. Opens nothing. The context's own {@link TransportContext#streamProtocol()} must not
     * be used.
     */
    StreamProtocol create(TransportContext context);

    /** Facts that an operator wants to see, such as which cipher is in use. Keys are lower case with dashes. */
    default Map<String, String> details() {
        return Map.of();
    }
}
