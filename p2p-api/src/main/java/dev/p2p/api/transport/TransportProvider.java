package dev.p2p.api.transport;

import java.util.Map;
import java.util.Set;

/** Publishes a transport to {@link java.util.ServiceLoader}. Has a public constructor without parameters and no state. */
public interface TransportProvider {

    /** The transport's name for lists and configuration, lower case, such as {@code tcp}. */
    String name();

    /**
     * The protocols of addresses that this transport serves, lower case. Two providers that claim one protocol are an
     * error when a node is built.
     */
    Set<String> protocols();

    /**
     * Makes a transport. Opens no socket, file or thread.
     *
     * @param context what the node lends; valid until the transport is closed
     */
    Transport create(TransportContext context);

    /** Facts that an operator wants to see, such as which cipher is in use. Keys are lower case with dashes. */
    default Map<String, String> details() {
        return Map.of();
    }
}
